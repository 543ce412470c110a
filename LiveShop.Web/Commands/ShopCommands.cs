using System.CommandLine;
using System.Globalization;
using LiveShop.Domain;
using LiveShop.Web.Database;

namespace LiveShop.Web.Commands;

/// <summary>The command line: the same settings as the shop, one verb each.</summary>
internal static class ShopCommands
{
    private const string Actor = "command line";

    /// <summary>Whether the arguments ask for a command, before or after its settings; otherwise they are settings of the shop.</summary>
    public static bool AreIn(string[] args) =>
        SettingArguments.Split(args).Words is [var first, ..] && (!first.StartsWith('-') || first is "-h" or "-?" or "--help" or "--version");

    /// <summary>The exit code: 0, or 1 after one line on standard error.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var (words, settings) = SettingArguments.Split(args);
        var root = new RootCommand("LiveShop: a real-time store for limited releases. Without a command it runs the shop.")
        {
            Migrate(settings), Reset(settings), Import(settings), Release(settings), SellOut(settings), Admin(settings),
        };
        var parsed = root.Parse(words);
        if (parsed.Errors.Count == 0) return await parsed.InvokeAsync();
        await Console.Error.WriteLineAsync(string.Join(' ', parsed.Errors.Select(error => error.Message)) + " --help tells more.");
        return 1;
    }

    private static Command Migrate(string[] settings)
    {
        var command = new Command("migrate", "Bring the database up to date, nothing else.");
        command.SetAction((_, stop) => CommandNode.RunAsync(settings, _ => CommandNode.Say("The database is up to date."), stop));
        return command;
    }

    private static Command Reset(string[] settings)
    {
        var yes = new Option<bool>("--yes") { Description = "Mean it: all products, carts and orders are lost." };
        var command = new Command("reset", "Empty the database and seed the demo store afresh.") { yes };
        command.SetAction((parsed, stop) => CommandNode.RunAsync(settings, async node =>
        {
            if (!parsed.GetValue(yes)) throw new CommandException("reset deletes all products, carts and orders; say --yes to mean it.");
            await node.Database.ResetAsync(DemoStore.Products(), stop);
            await CommandNode.Say("The store holds the demo's two products, both coming soon.");
        }, stop));
        return command;
    }

    private static Command Import(string[] settings)
    {
        var file = new Argument<FileInfo>("FILE.csv") { Description = "Products, UTF-8, with a header." };
        var stock = new Option<int>("--stock") { Description = "Pairs per size where the file does not say.", DefaultValueFactory = _ => 200 };
        var release = new Option<bool>("--release") { Description = "Release the products at once." };
        var ignore = new Option<string>("--ignore-columns") { Description = "Columns that are not read, such as notes,Season.", DefaultValueFactory = _ => "" };
        var map = new Option<string>("--map") { Description = "Columns under other names, such as \"Vendor=brand,Title=name\".", DefaultValueFactory = _ => "" };
        var dates = new Option<string>("--date-format") { Description = "How release dates are written, such as M/d/yy; yyyy-MM-dd by default.", DefaultValueFactory = _ => "" };
        var free = new Option<bool>("--allow-free") { Description = "Mean prices of 0." };
        var all = new Option<bool>("--all") { Description = "List every error, not only the first one of a row." };
        var command = new Command("import", "Add or update products from a CSV file, all rows or none.") { file, stock, release, ignore, map, dates, free, all };
        command.SetAction((parsed, stop) => CommandNode.RunAsync(settings, node => ImportCommand.RunAsync(
            node.Inventory,
            parsed.GetValue(file)!,
            new CatalogFileOptions
            {
                Stock = parsed.GetValue(stock),
                IgnoreColumns = parsed.GetValue(ignore)!,
                Map = parsed.GetValue(map)!,
                DateFormat = parsed.GetValue(dates)!,
                AllowFree = parsed.GetValue(free),
            },
            new ImportChoices(parsed.GetValue(release), parsed.GetValue(all)),
            Actor,
            stop), stop));
        return command;
    }

    private static Command Release(string[] settings)
    {
        var ids = new Argument<int[]>("ID") { Description = "Product ids.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("release", "Release products now.") { ids };
        command.SetAction((parsed, stop) => CommandNode.RunAsync(settings, async node =>
        {
            var unknown = new List<int>();
            foreach (var id in parsed.GetValue(ids)!)
            {
                var outcome = await node.Inventory.ReleaseAsync(id, Actor, cancellationToken: stop);
                if (outcome == ReleaseOutcome.UnknownProduct) unknown.Add(id);
                else if (outcome == ReleaseOutcome.Unavailable) throw new CommandException("The database is out of reach.");
                else await CommandNode.Say(outcome == ReleaseOutcome.Released ? $"Product {id} is released." : $"Product {id} was released before.");
            }
            if (unknown.Count > 0) throw new CommandException($"There is no product {string.Join(", ", unknown)}.");
        }, stop));
        return command;
    }

    private static Command SellOut(string[] settings)
    {
        var delay = new Option<int>("--delay-ms") { Description = "Milliseconds between two sales; 0 sells as fast as the database goes.", DefaultValueFactory = _ => 500 };
        var command = new Command("sell-out", "Sell random items of the released products until everything is gone.") { delay };
        command.SetAction((parsed, stop) => CommandNode.RunAsync(settings, node => SellOutCommand.RunAsync(node.Inventory, parsed.GetValue(delay), Actor, stop), stop));
        return command;
    }

    private static Command Admin(string[] settings)
    {
        var user = new Argument<string>("USER") { Description = "The operator's name." };
        var setPassword = new Command("set-password", "Create an operator or change the password, which is read from standard input.") { user };
        setPassword.SetAction((parsed, stop) => CommandNode.RunAsync(settings, async node =>
        {
            var name = parsed.GetValue(user)!;
            if (await node.Accounts.SetPasswordAsync(name, await CommandNode.AskAsync("Password: "), Actor) is { } wrong) throw new CommandException(wrong);
            await CommandNode.Say($"{name} may sign in with this password.");
        }, stop));
        var resetSecondFactor = new Command("reset-second-factor", "Let an operator who has lost the second factor sign in with the password alone.") { user };
        resetSecondFactor.SetAction((parsed, stop) => CommandNode.RunAsync(settings, async node =>
        {
            var name = parsed.GetValue(user)!;
            if (await node.Accounts.ResetSecondFactorAsync(name, Actor) is { } trouble) throw new CommandException(trouble);
            await CommandNode.Say($"{name} signs in with the password alone.");
        }, stop));
        return new Command("admin", "Operators.") { setPassword, resetSecondFactor };
    }
}
