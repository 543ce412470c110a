namespace LiveShop.Load;

/// <summary>One test from its start to its report.</summary>
internal sealed class Run(string scenario, Target target, LoadOptions options)
{
    public const string Scrapes = "Scrapes of the server's metrics";

    private const int MostErrorLines = 100;

    public Target Target => target;

    public LoadOptions Options => options;

    public Tally Tally { get; } = new();

    public ServerWatch Server { get; } = new(target);

    public LoadReport Report { get; } = new() { Scenario = scenario, Target = target.Shop.Root.ToString(), Clients = options.Clients };

    /// <exception cref="LoadRefusedException">The scenario needs the database and none was named.</exception>
    public StoreDatabase Database => target.Database
        ?? throw new LoadRefusedException("This needs the shop's database: name it with --database, or let the load tester start a shop with --shop.");

    /// <exception cref="LoadRefusedException">The scenario needs a cluster and none was named.</exception>
    public Cluster Cluster => target.Cluster ?? throw new LoadRefusedException("This needs a cluster: start one with infra/cluster.sh up, and name the script with --cluster.");

    /// <summary>Runs the scenario and completes the report, also when the test is stopped early.</summary>
    public async Task RunAsync(Func<Run, CancellationToken, Task> play, CancellationToken stop)
    {
        var begun = DateTime.UtcNow;
        using var ended = new CancellationTokenSource();
        var watching = Server.RunAsync(ended.Token);
        try
        {
            await play(this, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Report.Check("The test ran to its end", false, "It was stopped early.");
        }
        catch (Exception exception) when (exception is not LoadRefusedException)
        {
            // A shop that is wrong or gone is a finding; what was found until then is reported with it.
            Tally.Trouble(Tally.Doing, exception);
        }
        await ended.CancelAsync();
        await watching;
        Report.Seconds = Math.Round((DateTime.UtcNow - begun).TotalSeconds, 1);
        Report.Refusals = Tally.Refusals;
        Report.Troubles = Tally.Troubles;
        Report.Check("Nothing went wrong on the way", Tally.Troubles.Count == 0, Tally.Troubles.Count == 0
            ? "No tab was lost, no answer missing."
            : string.Join(" ", Tally.Troubles.Take(3).Select(trouble => $"{trouble.Value} × {trouble.Key}")));
        if (target.Errors is { } errors)
        {
            Report.ServerErrors = [.. errors.Take(MostErrorLines)];
            Report.Check("The shop logged no error", errors.Count == 0, string.Join(' ', errors.Take(2)));
        }
        if (Server.Samples.Count > 0) AddServer();
    }

    private void AddServer()
    {
        var samples = Server.Samples;
        Report.Add("Server memory at its highest", samples.Max(sample => sample.Memory), "MB");
        if (samples[^1].Collections is { } last && samples[0].Collections is { } first) Report.Add("Garbage collections of the server", last - first, "");
        Report.Add(Scrapes, Server.Scrapes, "");
        Report.Plots.Add(new Plot("Server CPU", "s", "% of one core", [new Curve("CPU", [.. samples.Select(sample => Rounded(sample.At, sample.Cpu))])]));
        Report.Plots.Add(new Plot("Server memory", "s", "MB resident", [new Curve("memory", [.. samples.Select(sample => Rounded(sample.At, sample.Memory))])]));
    }

    private static Point Rounded(double x, double y) => new(Math.Round(x, 2), Math.Round(y, 2));
}
