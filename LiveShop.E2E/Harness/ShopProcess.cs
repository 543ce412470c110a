using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using LiveShop.Load;
using LiveShop.Web.Database;
using Npgsql;

namespace LiveShop.E2E.Harness;

/// <summary>A shop as its owner runs it: the published executable with settings, on a port of its own, with the demo store in it.</summary>
public sealed class ShopProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>A shop stops at once, whoever is connected: well within the half minute after which the framework gives up on its connections.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(20);

    private readonly ConcurrentQueue<string> output = new();
    private readonly string dataDirectory;
    private readonly string[] settings;
    private readonly int port;
    private Process? process;

    private ShopProcess(string dataDirectory, string? connectionString, IEnumerable<string> settings)
    {
        this.dataDirectory = dataDirectory;
        this.settings = [$"--Shop:DataDirectory={dataDirectory}", .. connectionString is null ? [] : new[] { $"--ConnectionStrings:Postgres={connectionString}" }, .. settings];
        ConnectionString = connectionString;
        port = Ports.Free();
    }

    public string Url => $"http://127.0.0.1:{port}";

    /// <summary>Everything the shop has written so far.</summary>
    public string Output => string.Join('\n', output);

    /// <summary>Null where the shop has a private PostgreSQL.</summary>
    public string? ConnectionString { get; }

    /// <summary>Starts a shop with a fresh store, in which both products are coming soon, and returns when it is ready.</summary>
    /// <param name="settings">Such as <c>--Shop:MaxItemsPerCart=2</c>.</param>
    public static async Task<ShopProcess> StartAsync(Backend backend, params string[] settings)
    {
        var directory = Path.Combine(Path.GetTempPath(), $"liveshop-e2e-{Guid.NewGuid():N}");
        var shop = new ShopProcess(directory, backend == Backend.Postgres ? await TestPostgres.NewDatabaseAsync() : null, settings);
        await shop.StartAgainAsync();
        return shop;
    }

    /// <summary>Starts the shop on the port and the data that it had.</summary>
    public async Task StartAgainAsync()
    {
        process = Run([$"--urls={Url}", .. settings], output.Enqueue, output.Enqueue);
        using var http = new HttpClient();
        var deadline = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri($"{Url}/health/ready"));
                if (answer.StatusCode == HttpStatusCode.OK) return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            if (process.HasExited || deadline.Elapsed > Patience) throw new InvalidOperationException($"The shop did not start.\n{Output}");
            await Task.Delay(100);
        }
    }

    /// <summary>Stops it as an operator would, with SIGTERM, and waits until it is gone.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", process!.Id.ToString()]);
        await process.WaitForExitAsync().WaitAsync(Farewell);
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>Runs the shop's own executable beside it with the same settings, to its end: a command, or a second shop that is to be refused.</summary>
    public Task<CommandResult> TryCommandAsync(params string[] words) => RunToEndAsync([.. words, .. settings]);

    /// <summary>The same without a shop.</summary>
    public static async Task<CommandResult> RunToEndAsync(params string[] arguments)
    {
        var (standard, error) = (new ConcurrentQueue<string>(), new ConcurrentQueue<string>());
        using var command = Run(arguments, standard.Enqueue, error.Enqueue);
        await command.WaitForExitAsync().WaitAsync(Patience);
        return new CommandResult(command.ExitCode, string.Join('\n', standard), string.Join('\n', error));
    }

    /// <summary>The same for a command that must succeed.</summary>
    public async Task CommandAsync(params string[] words)
    {
        var result = await TryCommandAsync(words);
        Assert.True(result.ExitCode == 0, $"{string.Join(' ', words)}: {result}");
    }

    /// <summary>Releases products: as another node does where the database can be reached, which saves the start of a process, and else by the command line.</summary>
    public async Task ReleaseAsync(params int[] productIds)
    {
        if (ConnectionString is null)
        {
            await CommandAsync(["release", .. productIds.Select(id => id.ToString())]);
            return;
        }
        await using var store = await OpenStoreAsync();
        foreach (var product in productIds) await store.ReleaseAsync(product);
    }

    /// <summary>A look into, or a hand in, the shop's database beside it. While the shop runs.</summary>
    public async Task<TestStore> OpenStoreAsync()
    {
        if (ConnectionString is not null) return new TestStore(NpgsqlDataSource.Create(ConnectionString));
        await using var joined = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions(Path.Combine(dataDirectory, "postgres"), EmbeddedPostgresRole.Command), CancellationToken.None);
        return new TestStore(NpgsqlDataSource.Create(joined.ConnectionString));
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false }) await StopAsync();
        process?.Dispose();
        if (Directory.Exists(dataDirectory)) Directory.Delete(dataDirectory, recursive: true);
    }

    private static Process Run(string[] arguments, Action<string> onOutput, Action<string> onError)
    {
        var start = new ProcessStartInfo(PublishedShop.Executable, arguments)
        {
            WorkingDirectory = Path.GetDirectoryName(PublishedShop.Executable),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => { if (line.Data is not null) onOutput(line.Data); };
        process.ErrorDataReceived += (_, line) => { if (line.Data is not null) onError(line.Data); };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}

public sealed record CommandResult(int ExitCode, string Output, string Error);
