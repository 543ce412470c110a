using System.Text;
using LiveShop.Domain;
using LiveShop.Web.Admin;
using LiveShop.Web.Cluster;
using LiveShop.Web.Database;
using LiveShop.Web.Settings;

namespace LiveShop.Web.Commands;

/// <summary>A node without a web server, for as long as one command takes. Its database is up to date.</summary>
internal sealed class CommandNode(IServiceProvider services)
{
    public ShopDatabase Database => services.GetRequiredService<ShopDatabase>();

    public Inventory Inventory => services.GetRequiredService<Inventory>();

    public OperatorAccounts Accounts => services.GetRequiredService<OperatorAccounts>();

    /// <summary>The exit code: 0, or 1 after one line on standard error.</summary>
    public static async Task<int> RunAsync(string[] settingArguments, Func<CommandNode, Task> command, CancellationToken stop)
    {
        try
        {
            var code = 0;
            var started = await StartRefusal.ReportAsync(async () => code = await RunOnNodeAsync(settingArguments, command, stop));
            return started == 0 ? code : started;
        }
        catch (Exception exception) when (stop.IsCancellationRequested && (exception is OperationCanceledException || DatabaseOutage.Is(exception)))
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return 1;
        }
    }

    /// <summary>The next line of standard input without showing it; empty at its end.</summary>
    public static async Task<string> AskAsync(string prompt)
    {
        if (Console.IsInputRedirected) return await Console.In.ReadLineAsync() ?? "";
        await Console.Error.WriteAsync(prompt);
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key != ConsoleKey.Backspace) typed.Append(key.KeyChar);
            else if (typed.Length > 0) typed.Length--;
        }
        await Console.Error.WriteLineAsync();
        return typed.ToString();
    }

    public static Task Say(string line) => Console.Out.WriteLineAsync(line);

    private static async Task<int> RunOnNodeAsync(string[] settingArguments, Func<CommandNode, Task> command, CancellationToken stop)
    {
        var builder = ShopBuilder.Create(settingArguments);
        // A command speaks through its own lines; of the log only what is wrong is worth showing.
        builder.Logging.SetMinimumLevel(LogLevel.Error).AddFilter(level => level >= LogLevel.Error);
        var settings = builder.AddSettings();
        builder.Services.AddCluster(settings);
        await using var database = await builder.Services.AddDatabaseAsync(settings, EmbeddedPostgresRole.Command, stop);
        await using var app = builder.Build();
        await using var scope = app.Services.CreateAsyncScope();
        var node = new CommandNode(scope.ServiceProvider);
        try
        {
            await node.Database.MigrateAsync(node.Accounts.MigrateAsync, stop);
            await command(node);
            return 0;
        }
        catch (CommandException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception) && !stop.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync($"The database is out of reach. {exception.GetBaseException().Message.ReplaceLineEndings(" ")}");
            return 1;
        }
    }
}

/// <summary>What a command has to say instead of doing its work: one line.</summary>
internal sealed class CommandException(string message) : Exception(message);
