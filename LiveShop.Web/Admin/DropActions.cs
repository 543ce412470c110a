using LiveShop.Domain;
using LiveShop.Web.Shopper;

namespace LiveShop.Web.Admin;

/// <summary>The operator's actions during a drop, with the words for each outcome.</summary>
internal sealed class DropActions(Inventory inventory, DropControl control)
{
    /// <param name="product">As it was shown: at another price it is not released.</param>
    public async Task<ActionAnswer> ReleaseAsync(Product product, string actor)
    {
        var outcome = await inventory.ReleaseAsync(product.Id, actor, product.Price);
        return new(OperatorWords.Of(outcome, product.Name), outcome == ReleaseOutcome.Released);
    }

    /// <param name="at">Null takes the schedule back.</param>
    public async Task<ActionAnswer> ScheduleAsync(Product product, DateTimeOffset? at, string actor)
    {
        var outcome = await control.ScheduleAsync(product.Id, at, actor);
        return new(OperatorWords.Of(outcome, product.Name), outcome is ScheduleOutcome.Scheduled or ScheduleOutcome.Cleared);
    }

    /// <param name="item">Null for all sizes.</param>
    public async Task<ActionAnswer> PauseAsync(Product product, Item? item, string reason, string actor)
    {
        var outcome = await control.StopAsync(product.Id, item?.Id, reason, actor);
        return new(OperatorWords.Stopped(outcome, Name(product, item)), outcome == StopOutcome.Done);
    }

    /// <param name="item">Null for the product itself.</param>
    public async Task<ActionAnswer> ResumeAsync(Product product, Item? item, string actor)
    {
        var outcome = await control.ResumeAsync(product.Id, item?.Id, actor);
        return new(OperatorWords.Resumed(outcome, Name(product, item)), outcome == StopOutcome.Done);
    }

    /// <summary>Changes sizes one by one and stops at the first that is refused. The answer says how many were changed before it.</summary>
    /// <param name="item">Null for all sizes.</param>
    public async Task<ActionAnswer> CorrectStockAsync(Product product, Item? item, int delta, string reason, string actor)
    {
        var (words, changed) = ("", 0);
        foreach (var each in item is null ? [.. product.Items] : new[] { item })
        {
            var outcome = await control.CorrectStockAsync(each.Id, delta, reason, actor);
            words = OperatorWords.Of(outcome, Name(product, each));
            if (outcome is not CorrectionOutcome.Done) return new(changed == 0 ? words : $"{words} The {changed} sizes before it were changed.", IsDone: changed > 0);
            changed++;
        }
        return new(changed > 1 ? $"{product.Name}: {delta:+0;-0} pairs in each of {changed} sizes." : words, IsDone: true);
    }

    private static string Name(Product product, Item? item) => item is null ? product.Name : $"{product.Name}, size {Words.Size(item.Size)}";
}
