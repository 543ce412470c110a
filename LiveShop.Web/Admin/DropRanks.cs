using LiveShop.Domain;

namespace LiveShop.Web.Admin;

/// <summary>Ranks products by the figures of the running drop.</summary>
internal static class DropRanks
{
    public static ProductRank Of(Product product, DropFigures figures)
    {
        var pace = product.Items.Sum(item => figures.Pace.PairsPerSecond.GetValueOrDefault(item.Id));
        var hasLeft = product.Items.Any(item => figures.Sales.Items.GetValueOrDefault(item.Id).Available > 0);
        var group = product switch
        {
            { IsReleased: true } => hasLeft ? ProductGroup.OnSale : ProductGroup.Gone,
            { ScheduledAt: not null } => ProductGroup.Scheduled,
            _ => ProductGroup.ComingSoon,
        };
        return new(product.Id, pace, group);
    }
}
