using System.Diagnostics.Metrics;
using LiveShop.Domain;

namespace LiveShop.Web.Live;

/// <summary>How old a change is when a browser shows it: the figure that this shop is about.</summary>
/// <param name="now">The time by the database's clock, as that of commits.</param>
internal sealed class CommitToScreen(Meter meter, Func<DateTimeOffset> now)
{
    private readonly Histogram<double> age = meter.CreateHistogram(
        "liveshop.commit_to_screen", "s", "Time from a change's commit, such as a sale's, until a connected browser acknowledged the render that shows it.", advice: Buckets.Seconds);

    public void Shown(DateTimeOffset committedAt) => age.Record(Math.Max(0, (now() - committedAt).TotalSeconds));
}
