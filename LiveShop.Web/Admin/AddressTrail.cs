namespace LiveShop.Web.Admin;

/// <summary>
/// Tells addresses that a page wrote itself from those that the operator went to. The browser reports an address a round trip
/// after it was written, when the page may show a newer search already: the report must not set it back.
/// </summary>
/// <typeparam name="TAddress">What the page makes of an address. Two of them are equal where the page shows the same.</typeparam>
internal sealed class AddressTrail<TAddress>
    where TAddress : class
{
    private readonly List<TAddress> written = [];
    private TAddress? reported;

    /// <summary>Notes that the page shows this and has asked the browser to write it into the address.</summary>
    public void Write(TAddress address) => written.Add(address);

    /// <summary>Takes what the address says now. Returns whether the page has to follow it.</summary>
    public bool IsNews(TAddress now)
    {
        if (now.Equals(reported)) return false;
        reported = now;
        var own = written.IndexOf(now);
        if (own < 0) written.Clear();
        else written.RemoveRange(0, own + 1);
        return own < 0;
    }
}
