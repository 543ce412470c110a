using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using LiveShop.Web.Database;
using Npgsql;

namespace LiveShop.Load;

/// <summary>A shop that the load tester starts for itself: the published executable on a free port, with a private PostgreSQL and the demo store.</summary>
internal sealed class OwnShop : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string directory = Path.Combine(Path.GetTempPath(), $"liveshop-load-{Guid.NewGuid():N}");
    private readonly ConcurrentQueue<string> output = new();
    private EmbeddedPostgres? postgres;
    private Process? process;

    private OwnShop()
    {
    }

    public Uri Url { get; } = new($"http://127.0.0.1:{Ports.Free()}");

    public string ConnectionString { get; private set; } = "";

    public int ProcessId => process!.Id;

    /// <summary>What it has logged as an error.</summary>
    public IReadOnlyList<string> Errors => [.. output.Where(IsError)];

    /// <summary>Of the log that the shop writes in production.</summary>
    public static bool IsError(string line) =>
        line.Contains("\"LogLevel\":\"Error\"", StringComparison.Ordinal) || line.Contains("\"LogLevel\":\"Critical\"", StringComparison.Ordinal);

    /// <param name="executable">Of the published shop.</param>
    /// <param name="core">The only core that the shop may use; null for all. Its database is not pinned with it.</param>
    /// <param name="settings">Such as <c>--Shop:MaxItemsPerCart=2</c>.</param>
    /// <exception cref="LoadRefusedException">It does not start.</exception>
    public static async Task<OwnShop> StartAsync(string executable, int? core, IReadOnlyList<string> settings, CancellationToken stop)
    {
        if (!File.Exists(executable)) throw new LoadRefusedException($"There is no shop at {executable}: dotnet publish LiveShop.Web -c Release -o .artifacts/shop");
        var shop = new OwnShop();
        try
        {
            await shop.StartDatabaseAsync(stop);
            shop.Run(executable, core, settings);
            await shop.WaitUntilReadyAsync(stop);
            return shop;
        }
        catch
        {
            await shop.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(null as IFormatProvider)]);
            try
            {
                await process.WaitForExitAsync().WaitAsync(Patience);
            }
            catch (TimeoutException)
            {
                // It hangs, which the report has told; what it stands on is taken away all the same.
                process.Kill();
            }
        }
        process?.Dispose();
        if (postgres is null) return;
        NpgsqlConnection.ClearAllPools();
        var data = postgres.DataDirectory;
        await postgres.DisposeAsync();
        foreach (var folder in new[] { data, directory }.Where(Directory.Exists)) Directory.Delete(folder, recursive: true);
    }

    /// <summary>Started twice, because the server keeps times of commits only from a start on that finds it set.</summary>
    private async Task StartDatabaseAsync(CancellationToken stop)
    {
        var options = new EmbeddedPostgresOptions(Path.Combine(directory, "postgres"), EmbeddedPostgresRole.Shop);
        await using (var first = await EmbeddedPostgres.StartAsync(options, stop))
        {
            await using var database = NpgsqlDataSource.Create(first.ConnectionString);
            await using var command = database.CreateCommand("alter system set track_commit_timestamp = on");
            await command.ExecuteNonQueryAsync(stop);
        }
        postgres = await EmbeddedPostgres.StartAsync(options, stop);
        ConnectionString = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Database = "crowd" }.ConnectionString;
    }

    private void Run(string executable, int? core, IReadOnlyList<string> settings)
    {
        string[] words = [executable, $"--urls={Url}", $"--Shop:DataDirectory={directory}/shop", $"--ConnectionStrings:Postgres={ConnectionString}", "--DetailedErrors=true", .. settings];
        if (core is { } only) words = ["taskset", "-c", $"{only}", .. words];
        process = new Process
        {
            StartInfo = new ProcessStartInfo(words[0], words.Skip(1))
            {
                WorkingDirectory = Path.GetDirectoryName(executable),
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                // As its owner runs it, whatever is set here: its log is JSON then.
                Environment = { ["ASPNETCORE_ENVIRONMENT"] = "Production" },
            },
        };
        process.OutputDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private async Task WaitUntilReadyAsync(CancellationToken stop)
    {
        using var http = new HttpClient();
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(100, stop))
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(Url, "/health/ready"), stop);
                if (answer.StatusCode == HttpStatusCode.OK) return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            if (process!.HasExited || waited.Elapsed > Patience) throw new LoadRefusedException($"The shop did not start. {string.Join(' ', output)}");
        }
    }
}

/// <summary>What stops a test before it starts: one line.</summary>
internal sealed class LoadRefusedException(string message) : Exception(message);
