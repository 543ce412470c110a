using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using LiveShop.Load;

namespace LiveShop.Tests.Harness;

/// <summary>A Redis of the test's own, which can be killed and started again on its port. It keeps nothing on disk.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("liveshop-redis-").FullName;
    private readonly int port = Ports.Free();
    private Process? process;

    private RedisServer()
    {
    }

    public string Address => $"127.0.0.1:{port}";

    public static async Task<RedisServer> StartAsync()
    {
        var server = new RedisServer();
        await server.BeginAsync();
        return server;
    }

    /// <summary>Returns when it answers.</summary>
    /// <exception cref="InvalidOperationException">There is no Redis on this machine.</exception>
    public async Task BeginAsync()
    {
        try
        {
            process = Process.Start(new ProcessStartInfo(
                "redis-server", ["--port", $"{port}", "--bind", "127.0.0.1", "--dir", directory, "--save", "", "--appendonly", "no"])
            {
                RedirectStandardOutput = true,
            })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new InvalidOperationException("redis-server is missing: apt-get install redis-server, or run infra/test.sh.");
        }
        process.BeginOutputReadLine();
        await Eventually.TrueAsync(async () => await AskAsync("PING") == "+PONG");
    }

    /// <summary>As <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <summary>It answers nobody and closes nothing, as when the network to it is gone.</summary>
    public Task FreezeAsync() => SignalAsync("-STOP");

    public Task ThawAsync() => SignalAsync("-CONT");

    /// <summary>One command without a value to quote, and the first line of what Redis answers; null when it does not.</summary>
    public async Task<string?> AskAsync(string command)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
            var stream = client.GetStream();
            await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(command + "\r\n"));
            using var reader = new StreamReader(stream);
            return await reader.ReadLineAsync();
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null) await KillAsync();
        Directory.Delete(directory, recursive: true);
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, $"{process!.Id}"]);
        await kill.WaitForExitAsync();
    }
}
