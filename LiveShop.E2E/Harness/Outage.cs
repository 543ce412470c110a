namespace LiveShop.E2E.Harness;

internal static class Outage
{
    /// <summary>How long something stays away is the scenario's own figure: the only time that scenarios let pass without a condition.</summary>
    public static Task LastAsync(int seconds) => Task.Delay(TimeSpan.FromSeconds(seconds));
}
