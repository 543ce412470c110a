using System.Diagnostics;
using System.Net.Sockets;

namespace LiveShop.Load;

/// <summary>A cluster on this machine that <c>infra/cluster.sh up</c> has started: the script that governs it, and where its parts listen.</summary>
internal sealed class Cluster : IDisposable
{
    /// <summary>From the balancer's port (infra/cluster.sh).</summary>
    private const int ToRedis = 2;
    private const int ToNodes = 10;

    /// <summary>Of a command: a node that drains slowly takes a minute, and three may do so one after the other.</summary>
    private static readonly TimeSpan CommandPatience = TimeSpan.FromMinutes(8);

    private static readonly TimeSpan ReadyPatience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly string script;
    private readonly Uri balancer;
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };

    private Cluster(string script, Uri balancer, int nodes)
    {
        (this.script, this.balancer) = (script, balancer);
        Nodes = [.. Enumerable.Range(1, nodes).Select(node => At(ToNodes + node))];
    }

    /// <summary>The first is node 1.</summary>
    public IReadOnlyList<Uri> Nodes { get; }

    /// <summary>What the nodes logged as an error, each with the name of the log before it.</summary>
    public IReadOnlyList<string> Errors
    {
        get
        {
            var folder = Environment.GetEnvironmentVariable("CLUSTER_DIR") ?? Path.Combine(Path.GetDirectoryName(script)!, "..", ".artifacts", "cluster");
            return [.. Directory.EnumerateFiles(Path.Combine(folder, "logs"), "node*.log").Order().SelectMany(
                log => File.ReadLines(log).Where(OwnShop.IsError).Select(line => $"{Path.GetFileNameWithoutExtension(log)}: {line}"))];
        }
    }

    /// <exception cref="LoadRefusedException"/>
    public static Cluster Behind(Uri balancer, string script, int nodes) =>
        File.Exists(script) ? new Cluster(script, balancer, nodes) : throw new LoadRefusedException($"There is no script {script}.");

    /// <summary>Has the script do something, such as <c>restart-node 2</c>.</summary>
    /// <returns>How long it took.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public async Task<TimeSpan> DoAsync(string words, CancellationToken stop)
    {
        var begun = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo("bash", [script, .. words.Split(' ')]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(stop), process.StandardError.ReadToEndAsync(stop));
        try
        {
            await said.WaitAsync(CommandPatience, stop);
            await process.WaitForExitAsync(stop);
        }
        catch
        {
            // If it went on, it would start again what is ended next.
            process.Kill(entireProcessTree: true);
            throw;
        }
        if (process.ExitCode != 0) throw new InvalidOperationException($"cluster.sh {words} failed: {string.Join(' ', await said).Trim()}");
        return begun.Elapsed;
    }

    /// <summary>Forgets everything that Redis holds.</summary>
    public async Task FlushRedisAsync(CancellationToken stop)
    {
        using var redis = new TcpClient();
        await redis.ConnectAsync(balancer.Host, balancer.Port + ToRedis, stop);
        var stream = redis.GetStream();
        await stream.WriteAsync("FLUSHALL\r\n"u8.ToArray(), stop);
        var answer = new byte[16];
        var length = await stream.ReadAsync(answer, stop);
        if (!answer.AsSpan(0, length).StartsWith("+OK"u8)) throw new InvalidOperationException("Redis does not forget.");
    }

    /// <exception cref="TimeoutException">Naming the nodes that are not ready.</exception>
    public async Task WaitUntilReadyAsync(CancellationToken stop)
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(Look, stop))
        {
            var ready = await Task.WhenAll(Nodes.Select(node => IsReadyAsync(node, stop)));
            if (Array.TrueForAll(ready, yes => yes)) return;
            if (waited.Elapsed > ReadyPatience) throw new TimeoutException($"Not ready after {ReadyPatience.TotalMinutes} minutes: {string.Join(", ", Nodes.Where((_, node) => !ready[node]))}");
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<bool> IsReadyAsync(Uri node, CancellationToken stop)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(node, "/health/ready"), stop);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (!stop.IsCancellationRequested && exception is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private Uri At(int offset) => new UriBuilder(balancer) { Port = balancer.Port + offset }.Uri;
}
