using System.Globalization;
using LiveShop.Domain;

namespace LiveShop.Load;

/// <summary>A tab on the store page, and when it showed which level of which size.</summary>
internal sealed class StoreTab : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Browser browser;
    private readonly Circuit circuit;
    private readonly Dictionary<int, SizeButton> sizes = [];
    private readonly List<LevelSeen> seen = [];
    private int structure = -1;

    /// <param name="circuit">Of the store page, and newly started.</param>
    public StoreTab(Browser browser, Circuit circuit)
    {
        (this.browser, this.circuit) = (browser, circuit);
        circuit.Rendered = Follow;
    }

    public Circuit Circuit => circuit;

    public Browser Browser => browser;

    /// <summary>From when to when it followed the store (UTC).</summary>
    public DateTime LiveSince { get; private set; }

    public DateTime LiveUntil { get; private set; } = DateTime.MaxValue;

    /// <summary>From asking for the page until it is live.</summary>
    public TimeSpan StartTime { get; private set; }

    /// <summary>In the order of arrival; first what the page showed when it became live.</summary>
    public IReadOnlyList<LevelSeen> Seen => circuit.Read(_ => seen.ToList());

    public TabLog Log => new(LiveSince, LiveUntil, Seen);

    public IReadOnlyDictionary<int, StockLevel> Levels => circuit.Read(_ => sizes.ToDictionary(size => size.Key, size => size.Value.Level));

    /// <exception cref="CircuitLostException"/>
    /// <exception cref="TimeoutException">It did not become live.</exception>
    /// <exception cref="HttpRequestException"/>
    public static async Task<StoreTab> OpenAsync(Browser browser, CancellationToken stop)
    {
        var begun = DateTime.UtcNow;
        var tab = new StoreTab(browser, await browser.OpenAsync("/", stop));
        try
        {
            await tab.WaitUntilLiveAsync(stop);
            tab.StartTime = tab.LiveSince - begun;
            return tab;
        }
        catch
        {
            await tab.DisposeAsync();
            throw;
        }
    }

    /// <exception cref="CircuitLostException"/>
    /// <exception cref="TimeoutException"/>
    public async Task WaitUntilLiveAsync(CancellationToken stop)
    {
        LiveSince = await circuit.WaitAsync(IsLive, Patience, stop);
        circuit.Read(page => { Follow(page, LiveSince); return 0; });
    }

    public Task WaitForReleaseAsync(TimeSpan patience, CancellationToken stop) => circuit.WaitAsync(_ => sizes.Count > 0, patience, stop);

    /// <summary>Clicks on a size and waits for what the shop says.</summary>
    /// <returns>What it says, and when (UTC).</returns>
    public async Task<(string Notice, DateTime At)> PickAsync(int itemId, CancellationToken stop)
    {
        var at = await circuit.DispatchAsync(_ => sizes[itemId].Button, "click").WaitAsync(Patience, stop);
        return (circuit.Read(page => Notice.In(page)?.InnerText ?? ""), at);
    }

    /// <summary>Opens or closes the cart: a click that only the circuit's memory answers. Waits for a cart that holds something.</summary>
    /// <returns>From the click until the page showed it.</returns>
    public async Task<TimeSpan> ToggleCartAsync(CancellationToken stop)
    {
        await circuit.WaitAsync(page => page.Find(IsToggle) is not null, Patience, stop);
        var toggle = circuit.Read(page => page.Find(IsToggle)!);
        var before = circuit.Read(_ => toggle["aria-expanded"]);
        var begun = DateTime.UtcNow;
        var at = await circuit.DispatchAsync(_ => toggle, "click").WaitAsync(Patience, stop);
        return circuit.Read(_ => toggle["aria-expanded"]) != before ? at - begun : throw new InvalidDataException("The cart did not open or close.");
    }

    /// <summary>Takes a pair out of the cart.</summary>
    public async Task RemoveAsync(int itemId, CancellationToken stop)
    {
        var number = itemId.ToString(CultureInfo.InvariantCulture);
        bool IsButton(PageNode node) => node.HasClass("cart-item__remove") && node["data-item-id"] == number;
        await circuit.WaitAsync(page => page.Find(IsButton) is not null, Patience, stop);
        await circuit.DispatchAsync(page => page.Find(IsButton), "click").WaitAsync(Patience, stop);
        await circuit.WaitAsync(page => page.Find(IsButton) is null, Patience, stop);
    }

    public async Task LeaveAsync(CancellationToken stop)
    {
        LiveUntil = DateTime.UtcNow;
        await circuit.LeaveAsync(stop);
    }

    public ValueTask DisposeAsync() => circuit.DisposeAsync();

    private static bool IsToggle(PageNode node) => node.HasClass("cart__toggle");

    private static bool IsLive(Page page) => page.Find(node => node.Name == "main")?["data-live"] == "true";

    private void Follow(Page page, DateTime arrived)
    {
        if (page.Structure != structure)
        {
            structure = page.Structure;
            foreach (var node in page.Root.AndDescendants()) Note(node, arrived);
            return;
        }
        foreach (var node in page.Touched) Note(node, arrived);
    }

    private void Note(PageNode node, DateTime arrived)
    {
        if (node.Name != "button" || node["name"] != "item_id" || node.Class is not { } classes || LevelIn(classes) is not { } level) return;
        var itemId = int.Parse(node["value"]!, CultureInfo.InvariantCulture);
        if (sizes.TryGetValue(itemId, out var known) && known.Level == level && known.Button == node) return;
        if (known?.Level != level) seen.Add(new LevelSeen(itemId, level, arrived));
        sizes[itemId] = new SizeButton(node, level);
    }

    private static StockLevel? LevelIn(string classes)
    {
        const string Prefix = "size-container__entry--level-";
        var at = classes.IndexOf(Prefix, StringComparison.Ordinal);
        return at < 0 ? null : classes[at + Prefix.Length] switch { 'h' => StockLevel.High, 'm' => StockLevel.Medium, 'l' => StockLevel.Low, _ => StockLevel.Out };
    }

    private sealed record SizeButton(PageNode Button, StockLevel Level);
}

/// <summary>What a tab showed from when to when (UTC).</summary>
internal sealed record TabLog(DateTime LiveSince, DateTime LiveUntil, IReadOnlyList<LevelSeen> Seen);

/// <param name="At">When the batch arrived that showed it (UTC).</param>
internal readonly record struct LevelSeen(int ItemId, StockLevel Level, DateTime At);

/// <summary>The message that a page shows.</summary>
internal static class Notice
{
    /// <summary>Another node each time that something is said, even if it is the same; null while nothing is.</summary>
    public static PageNode? In(Page page) =>
        page.Find(node => node.Id == "notice")?.AndDescendants().FirstOrDefault(node => node.HasClass("notice__text"));
}
