using LiveShop.Domain;

namespace LiveShop.Web.Admin;

/// <summary>The actions that operators do to several products at once, and their words.</summary>
internal sealed class ProductBulk(Inventory inventory, DropControl control, CatalogDesk desk)
{
    /// <param name="reason">Shoppers read it; used by <see cref="BulkAction.Pause"/> only.</param>
    public async Task<BulkLine> DoAsync(BulkAction action, Product product, string reason, string actor)
    {
        switch (action)
        {
            case BulkAction.Release:
                var released = await inventory.ReleaseAsync(product.Id, actor);
                return Line(released == ReleaseOutcome.Released, released == ReleaseOutcome.Unavailable, OperatorWords.Of(released, product.Name));
            case BulkAction.Pause:
                var stopped = await control.StopAsync(product.Id, null, reason, actor);
                return Line(stopped == StopOutcome.Done, stopped == StopOutcome.Unavailable, OperatorWords.Stopped(stopped, product.Name));
            default:
                var retired = await desk.RetireAsync(product.Id, actor);
                return Line(retired == RetireOutcome.Done, retired == RetireOutcome.Unavailable, CatalogWords.Retired(retired, product.Name));
        }

        BulkLine Line(bool isDone, bool isAway, string told) =>
            new(IdOf(product), isDone ? BulkState.Done : isAway ? BulkState.Waiting : BulkState.Refused, told);
    }

    public static BulkSubject Subject(Product product) =>
        new(IdOf(product), ProductRow.NameOf(product.Brand, product.Name), $"{product.Sku} · {CatalogWords.State(product)}");

    public static string Label(BulkAction action, int count) => $"{action} {Products(count)}";

    /// <summary>Says what an action means for shoppers.</summary>
    public static string Warning(BulkAction action) => action switch
    {
        BulkAction.Release => "Everybody can buy them from that moment.",
        BulkAction.Pause => "Nobody can buy them until you resume each on the drop page.",
        _ => "They leave the store at once, and nobody can buy them, not even from a cart. Orders stay.",
    };

    public static string Products(int count) => count == 1 ? "1 product" : $"{OperatorWords.Count(count)} products";

    private static string IdOf(Product product) => OperatorWords.Count(product.Id);
}
