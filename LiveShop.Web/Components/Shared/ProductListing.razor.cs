using LiveShop.Domain;
using LiveShop.Web.Shopper;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace LiveShop.Web.Components.Shared;

/// <summary>
/// One product with its sizes: the hot path of a drop. One component for all of its sizes, rendered only when its listing or
/// its part of the cart changed, with handlers that are made once, since Blazor sends a handler again whenever it is a new one.
/// </summary>
public sealed partial class ProductListing : ComponentBase, IHandleEvent
{
    private static readonly string[] ClassOfLevel =
        [.. Enum.GetNames<StockLevel>().Select(level => level.ToLowerInvariant()).Select(level => $"size-container__entry size-container__entry--level-{level} level--{level}")];

    private EventCallback<MouseEventArgs>[] handlers = [];
    private Listing? shown;
    private string shownInCart = "";
    private bool shownKey;
    private bool changed;

    [Parameter, EditorRequired]
    public Listing Listing { get; set; } = null!;

    /// <summary>The items of this product that are in the cart.</summary>
    [Parameter]
    public IReadOnlyList<int> InCart { get; set; } = [];

    [Parameter]
    public EventCallback<int> OnPick { get; set; }

    /// <summary>Whether to explain the bars below the sizes.</summary>
    [Parameter]
    public bool ShowsKey { get; set; }

    /// <summary>The time left until the scheduled release, at this render; null when there is none. No reason to render by itself.</summary>
    [Parameter]
    public TimeSpan? OpensIn { get; set; }

    protected override void OnParametersSet()
    {
        var inCart = string.Join(',', InCart);
        changed = !ReferenceEquals(shown, Listing) || inCart != shownInCart || ShowsKey != shownKey;
        if (shown is null || !SameItems(shown, Listing))
        {
            handlers = [.. Listing.Sizes.Select(size => EventCallback.Factory.Create<MouseEventArgs>(this, () => OnPick.InvokeAsync(size.ItemId)))];
        }
        (shown, shownInCart, shownKey) = (Listing, inCart, ShowsKey);
    }

    protected override bool ShouldRender() => changed;

    /// <summary>The page that is told of the click renders; this component has nothing of its own to show for it.</summary>
    Task IHandleEvent.HandleEventAsync(EventCallbackWorkItem item, object? arg) => item.InvokeAsync(arg);

    private static bool SameItems(Listing one, Listing other) =>
        one.Sizes.Length == other.Sizes.Length && one.Sizes.Zip(other.Sizes).All(pair => pair.First.ItemId == pair.Second.ItemId);

    private bool CanBePicked(SizeListing size) => Listing.StopReason is null && size is { IsStopped: false, Level: not StockLevel.Out };

    private string ClassOf(SizeListing size) =>
        ClassOfLevel[(int)size.Level]
        + (size.IsStopped ? " size-container__entry--paused" : "")
        + (InCart.Contains(size.ItemId) ? " size-container__entry--in-cart" : "");

    private string LabelOf(SizeListing size) =>
        $"Size {Words.Size(size.Size)}, {(size.IsStopped ? "paused" : Words.Level(size.Level))}{(InCart.Contains(size.ItemId) ? ", in your cart" : "")}";
}
