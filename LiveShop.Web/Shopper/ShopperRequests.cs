using System.Threading.RateLimiting;
using LiveShop.Domain;
using LiveShop.Web.Settings;

namespace LiveShop.Web.Shopper;

/// <summary>
/// Limits the requests of one shopper that this node carries out at once, over all tabs. A few run, in the order of arrival, a
/// few more wait, and the rest are refused at once, so that a slow database or a script that clicks delays no other shopper.
/// </summary>
internal static class ShopperRequests
{
    /// <summary>Requests of one shopper that may wait, for each that may run.</summary>
    private const int WaitingPerRunning = 4;

    /// <summary>The limiter drops a shopper who has had no request for about ten seconds, so it holds only recent shoppers.</summary>
    public static PartitionedRateLimiter<CartId> NewLimiter(WebSettings settings)
    {
        var options = new ConcurrencyLimiterOptions
        {
            PermitLimit = settings.RequestsPerShopper,
            QueueLimit = settings.RequestsPerShopper * WaitingPerRunning,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        };
        return PartitionedRateLimiter.Create<CartId, CartId>(shopper => RateLimitPartition.GetConcurrencyLimiter(shopper, _ => options));
    }
}
