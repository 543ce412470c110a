namespace LiveShop.Web.Shopper;

/// <summary>Which pairs of a cart went since the shopper was told last. For one page, whose calls come one after the other.</summary>
internal sealed class GoneNews(TimeProvider time)
{
    /// <summary>How long what was told in other words is no news: within it the Shelf hears of it too, by the sweep at the latest.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(5);

    /// <summary>With timestamps of the <see cref="TimeProvider"/>.</summary>
    private readonly Dictionary<int, long> told = [];
    private HashSet<int> gone = [];

    /// <summary>Ids of the items that count as told. Setting it continues the news of an earlier circuit.</summary>
    public IReadOnlyCollection<int> Gone
    {
        get => gone;
        set => gone = [.. value];
    }

    /// <summary>That these are gone was said in other words, perhaps before the Shelf knows.</summary>
    public void Told(IEnumerable<int> itemIds)
    {
        foreach (var id in itemIds) told[id] = time.GetTimestamp();
    }

    /// <summary>The lines to be told of. They count as told from now on, for as long as they stay gone.</summary>
    public IReadOnlyList<CartLine> Take(IReadOnlyList<CartLine> lines)
    {
        var nowGone = lines.Where(line => line.IsGone).ToList();
        var news = nowGone.Where(line => !gone.Contains(line.ItemId) && !WasTold(line.ItemId)).ToList();
        gone = [.. nowGone.Select(line => line.ItemId)];
        return news;
    }

    private bool WasTold(int itemId) => told.Remove(itemId, out var at) && time.GetElapsedTime(at) < Memory;
}
