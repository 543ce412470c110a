using Npgsql;

namespace LiveShop.Load;

/// <summary>Keeps a shop selling: what everybody wants comes in small numbers and is out at times, the rest is there.</summary>
internal sealed class Restocking(StoreDatabase database)
{
    private const int HotItems = 3;
    private const int MostHotPairs = 6;
    private const double HotReturns = 0.2;
    private const int Few = 10;
    private const int Many = 60;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public IReadOnlySet<int> Hot { get; private set; } = new HashSet<int>();

    public async Task BeginAsync()
    {
        await database.SetStockAsync(Many);
        await database.ReleaseAllAsync();
        Hot = (await database.StockAsync()).Keys.Order().Take(HotItems).ToHashSet();
    }

    /// <summary>Until cancelled.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stop))
        {
            try
            {
                foreach (var (itemId, left) in await database.StockAsync()) await FillAsync(itemId, left);
            }
            catch (NpgsqlException)
            {
                // The database is down: it is chaos.
            }
        }
    }

    private async Task FillAsync(int itemId, int left)
    {
        if (!Hot.Contains(itemId))
        {
            if (left < Few) await database.SetStockAsync(Many, itemId);
        }
        else if (left == 0 && Random.Shared.NextDouble() < HotReturns) await database.SetStockAsync(Random.Shared.Next(1, MostHotPairs + 1), itemId);
    }
}
