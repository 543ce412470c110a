using System.Diagnostics;

namespace LiveShop.Load;

/// <summary>Runs one scenario against its target and writes down what came of it.</summary>
internal static class LoadTest
{
    /// <summary>Exit codes.</summary>
    public const int Holds = 0;
    public const int Fails = 1;
    public const int Refused = 2;

    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>What starting and leaving may take beside the duration, or restarting a cluster.</summary>
    private static readonly TimeSpan Around = TimeSpan.FromMinutes(10);

    public static Task<int> RunAsync(string name, Func<LoadOptions> read, Func<Run, CancellationToken, Task> play, CancellationToken stop) => UnlessRefusedAsync(async () =>
    {
        var options = read();
        var report = await PlayAsync(name, options, play, ProgressView.ShowAsync, stop);
        Summary.Write(report);
        await WriteAsync(options, report.ToJson(), HtmlReport.Of([report]));
        if (report.LastLine is { } line) Console.WriteLine(line);
        return report.Holds;
    });

    /// <summary>The exit code of a test that holds or fails, or that is refused with one line before it starts.</summary>
    public static async Task<int> UnlessRefusedAsync(Func<Task<bool>> test)
    {
        try
        {
            return await test() ? Holds : Fails;
        }
        catch (LoadRefusedException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return Refused;
        }
    }

    /// <param name="show">Shows how the test goes until it has ended.</param>
    /// <exception cref="LoadRefusedException"/>
    public static async Task<LoadReport> PlayAsync(
        string name, LoadOptions options, Func<Run, CancellationToken, Task> play, Func<Run, Task, Task> show, CancellationToken stop)
    {
        if (options.Pin is { } cores) Pin(cores.Client);
        await using var target = await Target.OpenAsync(options, stop);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(options.Duration + (options.Rampup * options.Clients) + Around);
        var run = new Run(name, target, options);
        var test = run.RunAsync(play, limit.Token);
        await show(run, test);
        await test;
        return run.Report;
    }

    public static async Task WriteAsync(LoadOptions options, string json, string html)
    {
        if (options.Json is { } jsonFile) await File.WriteAllTextAsync(jsonFile.FullName, json);
        if (options.Html is { } htmlFile) await File.WriteAllTextAsync(htmlFile.FullName, html);
    }

    /// <summary>Every thread of this process, and what it starts from now on.</summary>
    /// <exception cref="LoadRefusedException">Figures of a crowd that takes the server's core would mean nothing.</exception>
    private static void Pin(int core)
    {
        using var pinning = Process.Start(new ProcessStartInfo("taskset", ["-acp", $"{core}", $"{Environment.ProcessId}"]) { RedirectStandardOutput = true })!;
        pinning.WaitForExit();
        if (pinning.ExitCode != 0) throw new LoadRefusedException($"--pin needs a core {core}, which is not there for this process.");
    }
}
