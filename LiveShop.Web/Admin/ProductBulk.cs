using LiveShop.Domain;

namespace LiveShop.Web.Admin;

/// <summary>The actions that operators do to several products at once, and their words.</summary>
internal sealed class ProductBulk(Inventory inventory, DropControl control, CatalogDesk desk)
{
    /// <param name="reason">Shoppers read it; used by <see cref="BulkAction.Pause"/> only.</param>
    public async Task<BulkLine> DoAsync(BulkAction action, BulkLine line, string reason, string actor)
    {
        var product = line.Product;
        return action switch
        {
            BulkAction.Release => await inventory.ReleaseAsync(product.Id, actor) switch
            {
                ReleaseOutcome.Unavailable => Away(line),
                var outcome => Took(line, outcome == ReleaseOutcome.Released, OperatorWords.Of(outcome, product.Name)),
            },
            BulkAction.Pause => await control.StopAsync(product.Id, null, reason, actor) switch
            {
                StopOutcome.Unavailable => Away(line),
                var outcome => Took(line, outcome == StopOutcome.Done, OperatorWords.Stopped(outcome, product.Name)),
            },
            _ => await desk.RetireAsync(product.Id, actor) switch
            {
                RetireOutcome.Unavailable => Away(line),
                var outcome => Took(line, outcome == RetireOutcome.Done, CatalogWords.Retired(outcome, product.Name)),
            },
        };
    }

    public static string Verb(BulkAction action) => action.ToString();

    public static string Title(BulkAction action, int count) => $"{Verb(action)} {Products(count)}?";

    /// <summary>Says what an action means for shoppers.</summary>
    public static string Warning(BulkAction action) => action switch
    {
        BulkAction.Release => "Everybody can buy them from that moment.",
        BulkAction.Pause => "Nobody can buy them until you resume each on the drop page.",
        _ => "They leave the store at once, and nobody can buy them, not even from a cart. Orders stay.",
    };

    public static string Summary(BulkAction action, BulkRun run)
    {
        var done = $"{Products(run.Done)} {Participle(action)}";
        var refused = run.Refused > 0 ? $", {run.Refused} not" : "";
        var waiting = run.Waiting > 0 ? $", {run.Waiting} not tried" : "";
        return $"{done}{refused}{waiting}.";
    }

    public static string Products(int count) => count == 1 ? "1 product" : $"{OperatorWords.Count(count)} products";

    private static string Participle(BulkAction action) => action switch
    {
        BulkAction.Release => "released",
        BulkAction.Pause => "paused",
        _ => "retired",
    };

    private static BulkLine Took(BulkLine line, bool isDone, string told) => line with { State = isDone ? BulkState.Done : BulkState.Refused, Told = told };

    private static BulkLine Away(BulkLine line) => line with { Told = OperatorWords.Unavailable };
}
