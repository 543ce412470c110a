using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LiveShop.Tests.Harness;

/// <summary>A mail server for one connection that says line by line what a test gives it: a greeting, and then an answer to each command or to the mail. After the last it hangs.</summary>
/// <remarks>For answers that <see cref="SmtpSink"/> cannot give, such as none at all.</remarks>
internal sealed class SmtpScript : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<string> heard = new();
    private readonly CancellationTokenSource end = new();
    private readonly Task serving;

    public SmtpScript(params string[] answers)
    {
        listener.Start();
        serving = ServeAsync(answers);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>The commands, without the text of mails.</summary>
    public IReadOnlyList<string> Heard => [.. heard];

    /// <summary>Whether the last answer is given and nothing follows.</summary>
    public bool IsHanging { get; private set; }

    /// <summary>Completes when the shop has hung up.</summary>
    public Task HungUp => serving;

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await serving;
        listener.Dispose();
        end.Dispose();
    }

    private async Task ServeAsync(string[] answers)
    {
        try
        {
            using var client = await listener.AcceptTcpClientAsync(end.Token);
            using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
            foreach (var answer in answers)
            {
                await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(answer + "\r\n"), end.Token);
                var line = await reader.ReadLineAsync(end.Token) ?? throw new EndOfStreamException();
                if (answer.StartsWith("354", StringComparison.Ordinal))
                {
                    while (line is not ".") line = await reader.ReadLineAsync(end.Token) ?? throw new EndOfStreamException();
                }
                else
                {
                    heard.Enqueue(line);
                }
            }
            IsHanging = true;
            while (await reader.ReadLineAsync(end.Token) is { } line) heard.Enqueue(line);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The shop hung up, or the test is over.
        }
    }
}
