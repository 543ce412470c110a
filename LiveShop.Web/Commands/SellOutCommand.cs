using LiveShop.Domain;

namespace LiveShop.Web.Commands;

/// <summary>The demo's crowd.</summary>
internal static class SellOutCommand
{
    /// <summary>Without a delay, pairs are sold in transactions of so many different items.</summary>
    private const int WithoutDelay = 200;

    public static async Task RunAsync(Inventory inventory, int delayMilliseconds, string actor, CancellationToken stop)
    {
        if (delayMilliseconds is < 0 or > 3_600_000) throw new CommandException($"--delay-ms must be a whole number from 0 to 3600000, but is '{delayMilliseconds}'.");
        var sold = 0;
        while (await inventory.SellAtRandomAsync(delayMilliseconds == 0 ? WithoutDelay : 1, actor, stop) is > 0 and var pairs)
        {
            sold += pairs;
            if (delayMilliseconds > 0) await Task.Delay(delayMilliseconds, stop);
        }
        await CommandNode.Say(sold > 0 ? $"Sold {sold} pairs. Everything released is gone." : "Nothing released is left to sell.");
    }
}
