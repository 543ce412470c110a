using LiveShop.Domain;

namespace LiveShop.Web.Database;

/// <summary>
/// What a node does besides answering: brings the database up to date, fills a new store, and then keeps the Shelf, decides
/// purchases, watches the ledger and deletes abandoned carts until it stops. Waits for a database that is not there yet.
/// </summary>
internal sealed class ShopNode(DatabasePreparation preparation, Inventory inventory, Carts carts, Checkout checkout, LedgerWatch ledger, ILogger<ShopNode> logger) : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CartRounds = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!await preparation.TryAsync(stoppingToken)) await Task.Delay(Patience, stoppingToken);
            await Task.WhenAll(inventory.RunAsync(stoppingToken), carts.RunAsync(stoppingToken), checkout.RunAsync(stoppingToken), ledger.RunAsync(stoppingToken), DeleteAbandonedCartsAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end that was asked for. The host takes it for one only when it stops by itself, not when it failed to start.
        }
    }

    private async Task DeleteAbandonedCartsAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(CartRounds);
        do
        {
            try
            {
                if (await carts.DeleteAbandonedAsync(stoppingToken) is > 0 and var count) DatabaseLog.CartsDeleted(logger, count);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // The next round finds them.
                DatabaseLog.CartsNotDeleted(logger, exception.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
