using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LiveShop.Tests.Harness;

/// <summary>A mail server that keeps what it takes, and that fails as a test tells it to: one fault per connection, in the order given.</summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener listener;
    private readonly ConcurrentQueue<SmtpFault> faults = new();
    private readonly ConcurrentQueue<TakenMail> taken = new();
    private readonly ConcurrentDictionary<Socket, bool> open = new();
    private readonly TaskCompletionSource released = new();
    private readonly bool knowsUtf8;
    private readonly Task accepting;
    private int connections;
    private int hanging;
    private int concurrent;
    private int mostConcurrent;

    /// <param name="port">0 for any that is free.</param>
    /// <param name="knowsUtf8">Whether it takes addresses beyond ASCII (SMTPUTF8).</param>
    public SmtpSink(int port = 0, bool knowsUtf8 = false)
    {
        this.knowsUtf8 = knowsUtf8;
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        accepting = AcceptAsync();
    }

    public int Port { get; }

    public IReadOnlyList<TakenMail> Taken => [.. taken];

    public int Connections => connections;

    /// <summary>Connections that wait for an answer which does not come.</summary>
    public int Hanging => hanging;

    /// <summary>The most mails that were handed over at one time.</summary>
    public int MostConcurrent => mostConcurrent;

    public SmtpSink Then(params SmtpFault[] next)
    {
        foreach (var fault in next) faults.Enqueue(fault);
        return this;
    }

    /// <summary>Lets go of every connection that hangs: what it asked is answered.</summary>
    public void Release() => released.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        Release();
        foreach (var socket in open.Keys) socket.Dispose();
        await accepting;
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true) serving.Add(ServeAsync(await listener.AcceptSocketAsync()));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        open.TryAdd(socket, true);
        Interlocked.Increment(ref connections);
        InterlockedMax(ref mostConcurrent, Interlocked.Increment(ref concurrent));
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            await TalkAsync(stream, faults.TryDequeue(out var fault) ? fault : SmtpFault.None);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The shop hung up.
        }
        finally
        {
            Interlocked.Decrement(ref concurrent);
            open.TryRemove(socket, out _);
        }
    }

    private async Task TalkAsync(NetworkStream stream, SmtpFault fault)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        if (fault == SmtpFault.HangsAtGreeting) await HangAsync();
        await writer.WriteLineAsync("220 sink");
        var recipient = "";
        while (await reader.ReadLineAsync() is { } line)
        {
            var verb = line.Split(' ')[0].ToUpperInvariant();
            if (verb == "RCPT") recipient = line[(line.IndexOf('<') + 1)..line.IndexOf('>')];
            if (verb == "DATA" && fault == SmtpFault.DropsInData) return;
            var answer = (verb, fault) switch
            {
                ("EHLO", _) => knowsUtf8 ? "250-sink\r\n250-8BITMIME\r\n250 SMTPUTF8" : "250 sink",
                ("MAIL", SmtpFault.ServiceBusy) => "421 try again later",
                ("RCPT", SmtpFault.RecipientBusy) => $"450 <{recipient}> is greylisted",
                ("RCPT", SmtpFault.RecipientUnknown) => $"550 <{recipient}> is unknown",
                ("DATA", _) => "354 go on",
                ("QUIT", _) => "221 bye",
                _ => "250 fine",
            };
            await writer.WriteLineAsync(answer);
            if (verb == "QUIT") return;
            if (verb != "DATA") continue;

            var data = await ReadDataAsync(reader);
            if (fault == SmtpFault.HangsAfterData) await HangAsync();
            taken.Enqueue(new TakenMail(recipient, data));
            if (fault == SmtpFault.TakesAndDrops) return;
            await writer.WriteLineAsync("250 taken");
        }
    }

    private static async Task<string> ReadDataAsync(StreamReader reader)
    {
        var data = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line == ".") return data.ToString();
            data.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }
        throw new IOException("The shop hung up in the middle of a mail.");
    }

    private async Task HangAsync()
    {
        Interlocked.Increment(ref hanging);
        await released.Task;
        Interlocked.Decrement(ref hanging);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; value > seen; seen = most)
        {
            if (Interlocked.CompareExchange(ref most, value, seen) == seen) return;
        }
    }
}

public enum SmtpFault
{
    None,

    /// <summary>Takes no mail from anybody for now.</summary>
    ServiceBusy,

    /// <summary>Takes none for this recipient for now.</summary>
    RecipientBusy,

    RecipientUnknown,

    /// <summary>Hangs up when the mail is about to come.</summary>
    DropsInData,

    /// <summary>Has the mail, and hangs up before it says so.</summary>
    TakesAndDrops,

    HangsAtGreeting,

    /// <summary>Answers a whole mail only when it is released, and has it only then.</summary>
    HangsAfterData,
}

/// <summary>A mail as it was taken: the envelope's recipient and the text that came.</summary>
public sealed record TakenMail(string Recipient, string Source)
{
    /// <summary>The value of a header as it travels; empty when there is none.</summary>
    public string Header(string name) => Source[..Source.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Replace("\r\n ", " ", StringComparison.Ordinal)
        .Split("\r\n").FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim() ?? "";

    /// <summary>What a person reads.</summary>
    public string Body
    {
        get
        {
            var body = Source[(Source.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
            return Header("Content-Transfer-Encoding").ToUpperInvariant() switch
            {
                "BASE64" => Encoding.UTF8.GetString(Convert.FromBase64String(body)),
                "QUOTED-PRINTABLE" => Unquoted(body.Replace("=\r\n", "", StringComparison.Ordinal)),
                _ => body,
            };
        }
    }

    private static string Unquoted(string quoted)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < quoted.Length; i++)
        {
            if (quoted[i] == '=')
            {
                bytes.Add(Convert.ToByte(quoted.Substring(i + 1, 2), 16));
                i += 2;
            }
            else
            {
                bytes.Add((byte)quoted[i]);
            }
        }
        return Encoding.UTF8.GetString([.. bytes]);
    }
}
