using System.CommandLine;
using System.Globalization;
using LiveShop.Domain;
using Spectre.Console;

namespace LiveShop.Load;

/// <summary>The command line of the load tester.</summary>
internal static class LoadCommands
{
    private static readonly Argument<string?> Url = new("URL") { Description = "A shop that runs on this machine.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> Shop = new("--shop") { Description = "Start this published shop for the test instead, with a database of its own." };
    private static readonly Option<string[]> Setting = new("--setting") { Description = "A setting of that shop, such as --setting Shop:MaxItemsPerCart=2.", DefaultValueFactory = _ => [] };
    private static readonly Option<string?> Database = new("--database") { Description = "The connection string of the running shop's database: for changes and verdicts." };
    private static readonly Option<int> Clients = new("--clients") { Description = "Shoppers.", DefaultValueFactory = _ => 1000 };
    private static readonly Option<TimeSpan> Rampup = Time("--rampup", "Between two starts; 0ms is as fast as the server takes them.", "2ms");
    private static readonly Option<double> Rate = new("--rate") { Description = "Changes a second.", DefaultValueFactory = _ => 1 };
    private static readonly Option<TimeSpan> Duration = Time("--duration", "How long to watch or click, and the most that a drop may take; at most 10m.", "30s");
    private static readonly Option<TimeSpan> Think = Time("--think", "drop: the longest that a shopper thinks before each step.", "2s");
    private static readonly Option<int?> Stock = new("--stock") { Description = "drop: pairs of each size, instead of what is there." };
    private static readonly Option<int> LowBelow = new("--low-below") { Description = "The shop's Shop:StockLevels:LowBelow.", DefaultValueFactory = _ => StockLevels.Default.LowBelow };
    private static readonly Option<int> MediumBelow = new("--medium-below") { Description = "The shop's Shop:StockLevels:MediumBelow.", DefaultValueFactory = _ => StockLevels.Default.MediumBelow };
    private static readonly Option<string?> ClusterScript = new("--cluster") { Description = "infra/cluster.sh, which has started the cluster behind the URL.", DefaultValueFactory = _ => "infra/cluster.sh" };
    private static readonly Option<int> Nodes = new("--nodes") { Description = "Of that cluster.", DefaultValueFactory = _ => 3 };
    private static readonly Option<int> Watchers = new("--watchers") { Description = "Shoppers who look on.", DefaultValueFactory = _ => 100 };
    private static readonly Option<int> Buyers = new("--buyers") { Description = "Shoppers who buy.", DefaultValueFactory = _ => 40 };
    private static readonly Option<TimeSpan> Soak = Time("--duration", "For how long disasters come; at most 10m.", "10m");
    private static readonly Option<int?> Seed = new("--seed") { Description = "The same disasters again." };
    private static readonly Option<bool> Pin = new("--pin") { Description = "The shop of --shop on core 0 alone, the crowd and the database on core 1." };
    private static readonly Option<FileInfo?> Json = new("--json") { Description = "Write the results here." };
    private static readonly Option<FileInfo?> Html = new("--html") { Description = "Write a report with plots here." };
    private static readonly Option<string?> Allow = new(Loopback.OptionName) { Description = $"Load a host that is not this machine; {Loopback.Variable} must name it too." };

    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("The crowd of a drop: thousands of shoppers in one process, who speak the circuit protocol without a browser.")
        {
            Scenario("browse", "The crowd watches; sizes fall through their levels.", BrowseScenario.PlayAsync),
            Scenario("drop", "They wait, the release comes, they buy; ends with a verdict.", DropScenario.PlayAsync),
            Scenario("click", "Round trips of clicks, while idle and in a storm.", ClickScenario.PlayAsync),
            Benchmark(),
            MetricsComparison(),
            OfCluster("rolling", "Every node is restarted, one after the other; how long tabs are without a live page.", RollingScenario.PlayAsync, Clients, Rampup),
            OfCluster("chaos", "Shoppers buy and look on while nodes, Redis and PostgreSQL die and come back; ends with a verdict.", ChaosScenario.PlayAsync, Watchers, Buyers, Soak, Seed, Think),
            Scenario("storm", "Every size falls through all levels within ten seconds.", StormScenario.PlayAsync),
        };
        // A file or a pipe has no width to fit into.
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = 160;
        var parsed = root.Parse(args);
        if (parsed.Errors.Count == 0) return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(60) });
        await Console.Error.WriteLineAsync(string.Join(' ', parsed.Errors.Select(error => error.Message)) + " --help tells more.");
        return LoadTest.Refused;
    }

    private static Command Scenario(string name, string description, Func<Run, CancellationToken, Task> play)
    {
        var command = new Command(name, description)
        {
            Url, Shop, Setting, Database, Clients, Rampup, Rate, Duration, Think, Stock, LowBelow, MediumBelow, Pin, Json, Html, Allow,
        };
        command.SetAction((parsed, stop) => LoadTest.RunAsync(name, () => Read(parsed), play, stop));
        return command;
    }

    private static Command OfCluster(string name, string description, Func<Run, CancellationToken, Task> play, params Option[] own)
    {
        var command = new Command(name, description) { Url, Database, ClusterScript, Nodes, LowBelow, MediumBelow, Json, Html, Allow };
        foreach (var option in own) command.Add(option);
        command.SetAction((parsed, stop) => LoadTest.RunAsync(name, () => Read(parsed), play, stop));
        return command;
    }

    private static Command Benchmark()
    {
        var sizes = new Option<int[]>("--sizes") { Description = "Crowds to measure.", DefaultValueFactory = _ => [1000, 5000], AllowMultipleArgumentsPerToken = true };
        var runs = new Option<int>("--runs") { Description = "Of each size, each on a fresh shop.", DefaultValueFactory = _ => 3 };
        var command = new Command("crowd", "The benchmark: the store page beside the figures of LiveView.") { Shop, Setting, Rate, Pin, Json, Html, sizes, runs };
        command.SetAction((parsed, stop) => CrowdBenchmark.RunAsync(() => Read(parsed), parsed.GetValue(sizes)!, parsed.GetValue(runs), stop));
        return command;
    }

    private static Command MetricsComparison()
    {
        var runs = new Option<int>("--runs") { Description = "Of each, with and without, each on a fresh shop.", DefaultValueFactory = _ => 6 };
        var command = new Command("metrics", "The benchmark: what metrics cost in a fan-out.") { Shop, Setting, Clients, Pin, Json, Html, runs };
        command.SetAction((parsed, stop) => MetricsBenchmark.RunAsync(() => Read(parsed), parsed.GetValue(runs), stop));
        return command;
    }

    /// <exception cref="LoadRefusedException"/>
    private static LoadOptions Read(ParseResult parsed)
    {
        var (low, medium) = (Value(parsed, LowBelow), Value(parsed, MediumBelow));
        return new LoadOptions
        {
            Url = parsed.GetResult(Url)?.GetValueOrDefault<string?>() is { } url ? Uri.TryCreate(url, UriKind.Absolute, out var address) ? address : throw new LoadRefusedException($"{url} is no URL.") : null,
            ShopExecutable = Value(parsed, Shop) is { } path ? Path.GetFullPath(path) : null,
            ShopSettings = [.. Value(parsed, Setting)!.Select(setting => $"--{setting}"), $"--Shop:StockLevels:LowBelow={low}", $"--Shop:StockLevels:MediumBelow={medium}"],
            Database = Value(parsed, Database),
            ClusterScript = Has(parsed, ClusterScript) && Value(parsed, ClusterScript) is { } script ? Path.GetFullPath(script) : null,
            Nodes = Within(Value(parsed, Nodes), 1, 9, "--nodes"),
            AllowedHost = Value(parsed, Allow),
            Clients = Has(parsed, Watchers) ? Within(Value(parsed, Watchers), 1, 50_000, "--watchers") : Within(Value(parsed, Clients), 1, 50_000, "--clients"),
            Buyers = Within(Value(parsed, Buyers), 1, 1000, "--buyers"),
            Seed = Value(parsed, Seed) ?? Random.Shared.Next(1, 1_000_000),
            Rampup = Value(parsed, Rampup) is var pause && pause * Value(parsed, Clients) <= LoadTest.Longest ? pause : throw new LoadRefusedException("--rampup times --clients is at most 10m."),
            Rate = Value(parsed, Rate) is > 0 and <= 1000 and var rate ? rate : throw new LoadRefusedException("--rate is more than 0 and at most 1000."),
            Duration = Value(parsed, Has(parsed, Soak) ? Soak : Duration) is var time && time <= LoadTest.Longest ? time : throw new LoadRefusedException("--duration is at most 10m."),
            Think = Value(parsed, Think),
            Stock = Value(parsed, Stock),
            Levels = new StockLevels(low, Within(medium, low, int.MaxValue, "--medium-below")),
            Pin = Value(parsed, Pin) ? new CorePair(0, 1) : null,
            Json = Value(parsed, Json),
            Html = Value(parsed, Html),
        };
    }

    /// <summary>Its default for an option that the command does not have.</summary>
    private static T? Value<T>(ParseResult parsed, Option<T> option) =>
        parsed.GetResult(option) is null && option.HasDefaultValue ? (T?)option.GetDefaultValue() : parsed.GetValue(option);

    private static bool Has(ParseResult parsed, Option option) => parsed.CommandResult.Command.Options.Contains(option);

    private static int Within(int value, int least, int most, string name) =>
        value >= least && value <= most ? value : throw new LoadRefusedException($"{name} must be from {least} to {most}, but is {value}.");

    private static Option<TimeSpan> Time(string name, string description, string fallback) => new(name)
    {
        Description = $"{description} Such as {fallback}.",
        DefaultValueFactory = _ => ParseTime(fallback)!.Value,
        CustomParser = result =>
        {
            if (ParseTime(result.Tokens[0].Value) is { } time) return time;
            result.AddError($"{name} must be a time such as 2ms, 30s or 5m, but is '{result.Tokens[0].Value}'.");
            return default;
        },
    };

    private static TimeSpan? ParseTime(string text)
    {
        var number = text.TrimEnd('m', 's');
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)) return null;
        return text[number.Length..] switch { "ms" => TimeSpan.FromMilliseconds(value), "s" => TimeSpan.FromSeconds(value), "m" => TimeSpan.FromMinutes(value), _ => null };
    }
}
