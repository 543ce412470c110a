namespace LiveShop.Web.Admin;

/// <summary>
/// The order of products on the dashboard: the one that sells fastest first. It moves calmly, so that nothing slips away under
/// a finger: a product passes another only when it sells clearly faster, and only after the ranking differed for five seconds.
/// </summary>
internal sealed class ProductOrder(TimeProvider time)
{
    public static readonly TimeSpan Calm = TimeSpan.FromSeconds(5);

    /// <summary>How much faster a product must sell to pass the one above it.</summary>
    private const double Margin = 1.25;

    private List<int> order = [];
    private long? differsSince;

    /// <summary>Product ids, first the one to show first.</summary>
    public IReadOnlyList<int> Ids => order;

    /// <summary>Takes in how fast products sell now. Returns whether <see cref="Ids"/> changed.</summary>
    /// <param name="isHeld">While true, products come and go but none changes its place.</param>
    public bool Update(IReadOnlyList<ProductRank> products, bool isHeld)
    {
        var ranks = products.ToDictionary(product => product.Id);
        if (order.Count == 0)
        {
            order = [.. products.OrderByDescending(product => product.Pace).ThenBy(product => product.Group).Select(product => product.Id)];
            return order.Count > 0;
        }
        var kept = order.Where(ranks.ContainsKey).ToList();
        kept.AddRange(products.Select(product => product.Id).Except(kept));
        var changed = !kept.SequenceEqual(order);
        order = kept;
        var wanted = Sorted(kept, ranks);
        if (isHeld || wanted.SequenceEqual(order))
        {
            differsSince = null;
            return changed;
        }
        differsSince ??= time.GetTimestamp();
        if (time.GetElapsedTime(differsSince.Value) < Calm) return changed;
        (order, differsSince) = (wanted, null);
        return true;
    }

    private static List<int> Sorted(IReadOnlyList<int> ids, Dictionary<int, ProductRank> ranks)
    {
        var sorted = new List<int>(ids.Count);
        foreach (var id in ids)
        {
            var place = sorted.Count;
            while (place > 0 && Passes(ranks[id], ranks[sorted[place - 1]])) place--;
            sorted.Insert(place, id);
        }
        return sorted;
    }

    private static bool Passes(ProductRank lower, ProductRank upper) =>
        lower.Pace > upper.Pace * Margin || (lower.Pace == 0 && upper.Pace == 0 && lower.Group < upper.Group);
}

/// <param name="Pace">Pairs per second.</param>
/// <param name="Group">Orders products that do not sell; lower comes first.</param>
internal readonly record struct ProductRank(int Id, double Pace, ProductGroup Group);

/// <summary>Where a product stands in its life, in the order of the dashboard.</summary>
internal enum ProductGroup
{
    OnSale,
    Scheduled,
    ComingSoon,
    Gone,
}
