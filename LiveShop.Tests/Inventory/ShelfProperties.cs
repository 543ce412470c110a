using FsCheck;
using FsCheck.Fluent;
using LiveShop.Domain;

namespace LiveShop.Tests;

/// <summary>What holds for the Shelf whatever a network does to the events on their way.</summary>
public sealed class ShelfProperties
{
    private const int Products = 3;
    private const int SizesEach = 2;

    [Fact]
    public void However_events_are_lost_doubled_and_shuffled_a_reread_ends_equal_to_the_database() => Holds(
        from history in Histories
        from delivered in Deliveries(history)
        select (history, delivered),
        run => Same(
            Empty.Apply(run.delivered).Apply(Newest(run.history)),
            Empty.Apply(Newest(run.history))));

    [Fact]
    public void A_reread_that_newer_events_overtook_takes_nothing_back() => Holds(
        from history in Histories
        from seen in Gen.Choose(0, history.Length)
        from delivered in Deliveries(history)
        select (history, seen, delivered),
        run => Same(
            Empty.Apply(run.history).Apply(Newest(run.history[..run.seen])).Apply(run.delivered),
            Empty.Apply(Newest(run.history))));

    [Fact]
    public void The_order_of_events_makes_no_difference() => Holds(
        from history in Histories
        from shuffled in Gen.Shuffle(history)
        select (history, shuffled),
        run => Same(OneByOne(run.history), OneByOne(run.shuffled)));

    [Fact]
    public void One_by_one_or_all_at_once_is_the_same() => Holds(
        from history in Histories
        from shuffled in Gen.Shuffle(history)
        select shuffled,
        events => Same(OneByOne(events), Empty.Apply(events)));

    [Fact]
    public void Applying_again_gives_the_very_same_Shelf() => Holds(
        Histories,
        history =>
        {
            var shelf = Empty.Apply(history);
            return ReferenceEquals(shelf, shelf.Apply(history));
        });

    [Fact]
    public void Listings_that_are_not_named_as_changed_are_the_very_same() => Holds(
        from history in Histories
        from split in Gen.Choose(0, history.Length)
        select (history, split),
        run =>
        {
            var before = Empty.Apply(run.history[..run.split]);
            var after = before.Apply(run.history[run.split..]);
            var changed = after.ListingsChangedSince(before);
            return after.Listings.All(listing => changed.Contains(listing.ProductId) != before.Listings.Contains(listing));
        });

    private static Shelf Empty => Shelf.Empty(new StockLevels(LowBelow: 2, MediumBelow: 4));

    /// <summary>What the database went through: states of products and availabilities, each with a higher version.</summary>
    private static Gen<InventoryEvent[]> Histories => Gen.ArrayOf(
            from isProduct in Gen.Frequency((1, Gen.Constant(true)), (3, Gen.Constant(false)))
            from id in Gen.Choose(1, Products)
            from size in Gen.Choose(0, SizesEach - 1)
            from count in Gen.Choose(0, 5)
            select (isProduct, id, size, count))
        .Select(changes => changes.Select((change, index) => change.isProduct
            ? ProductState(change.id, change.count, version: index + 1)
            : (InventoryEvent)new AvailabilityChanged(ItemId(change.id, change.size), new Availability(change.count, index + 1))).ToArray());

    /// <summary>Some of the events, some of them more than once, in any order.</summary>
    private static Gen<InventoryEvent[]> Deliveries(InventoryEvent[] history) =>
        from once in Gen.SubListOf(history)
        from again in Gen.SubListOf(history)
        from shuffled in Gen.Shuffle(once.Concat(again).ToArray())
        select shuffled;

    private static void Holds<T>(Gen<T> runs, Func<T, bool> property) =>
        Prop.ForAll(runs.ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static ProductChanged ProductState(int id, int state, long version) => new(new Product(
        id, $"SKU{id}", "brand", $"name {state}", "black", Price: 100 + state, state % 2 == 0 ? null : DateTimeOffset.UnixEpoch, null, version,
        [.. Enumerable.Range(0, state == 0 ? 1 : SizesEach).Select(size => new Item(ItemId(id, size), $"SKU{id}-{size}", 8 + size))]));

    private static int ItemId(int productId, int size) => (productId * 10) + size;

    /// <summary>What reading the tables would give after this history.</summary>
    private static IEnumerable<InventoryEvent> Newest(InventoryEvent[] history) =>
        history.GroupBy(Subject).Select(changes => changes.Last());

    private static (bool, int) Subject(InventoryEvent change) => change switch
    {
        ProductChanged product => (true, product.Product.Id),
        AvailabilityChanged availability => (false, availability.ItemId),
        _ => throw new InvalidOperationException(),
    };

    private static Shelf OneByOne(IEnumerable<InventoryEvent> events) => events.Aggregate(Empty, (shelf, change) => shelf.Apply([change]));

    private static bool Same(Shelf left, Shelf right) =>
        left.Products.SequenceEqual(right.Products)
        && left.Listings.SequenceEqual(right.Listings)
        && Enumerable.Range(1, Products).SelectMany(id => Enumerable.Range(0, SizesEach).Select(size => ItemId(id, size)))
            .All(id => left.AvailabilityOf(id) == right.AvailabilityOf(id));
}
