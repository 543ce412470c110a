using System.Threading.RateLimiting;
using LiveShop.Domain;
using LiveShop.Web.Live;
using Microsoft.AspNetCore.Components;

namespace LiveShop.Web.Shopper;

/// <summary>A page with the Shelf, the shopper's cart and a place for messages, all three live.</summary>
public abstract class ShopPage : LiveComponent
{
    /// <summary>
    /// When the database is back, or a crowd after its connections were lost, all pages of the node ask for their carts, and must
    /// leave connections to those who buy.
    /// </summary>
    private static readonly SemaphoreSlim Reloads = new(8);

    /// <summary>Between two questions for what the database did not tell.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly GoneNews gone = new(TimeProvider.System);
    private readonly PriceNews prices = new();
    private bool awaitsReload;
    private Timer? asking;

    /// <summary>The lines of the last cart that was known.</summary>
    private IReadOnlyList<CartLine> known = [];

    [Inject]
    protected Inventory Inventory { get; set; } = null!;

    [Inject]
    protected Carts Carts { get; set; } = null!;

    [Inject]
    private PartitionedRateLimiter<CartId> Requests { get; set; } = null!;

    [Inject]
    private ShopperIdentity Identity { get; set; } = null!;

    [Inject]
    private CircuitPresence Presence { get; set; } = null!;

    /// <summary>The page's name in <see cref="PresenceTotals.Pages"/>: one of its routes, whichever led here.</summary>
    protected abstract string PagePath { get; }

    /// <summary>Null for a browser that keeps no cookies.</summary>
    protected CartId? CartId { get; private set; }

    /// <summary>Null while the database has not told.</summary>
    protected Cart? Cart { get; private set; }

    protected Shelf Shelf { get; private set; } = null!;

    protected IReadOnlyList<CartLine> Lines { get; private set; } = [];

    protected Message Message { get; private set; }

    /// <summary>
    /// Carries what only this page knows over to the circuit that continues it, when the browser is back after its circuit has ended.
    /// Null while prerendering: pages do not grow by it.
    /// </summary>
    [PersistentState(RestoreBehavior = RestoreBehavior.SkipInitialValue)]
    public ShopPageState? State
    {
        get => RendererInfo.IsInteractive ? new(Message, gone.Gone, [.. known.Select(line => new PurchaseLine(line.ItemId, line.Price))]) : null;
        set
        {
            // The framework sets it again, to what it read here, whenever it sets parameters.
            if (value is null || Shelf is not null) return;
            IsContinued = true;
            Message = value.Message;
            gone.Gone = value.Gone;
            known = [.. value.Prices.Select(line => new CartLine(line.ItemId, "", 0, line.Price, IsGone: false))];
        }
    }

    /// <summary>Whether an earlier circuit showed this page in the same tab.</summary>
    protected bool IsContinued { get; private set; }

    protected override async Task LoadAsync()
    {
        CartId = await Identity.FindCartIdAsync();
        Watch<ShelfChanged>(Topic.Shelf, OnShelfChanged);
        if (CartId is { } id)
        {
            Watch<CartChanged>(Topic.Cart(id), OnCartChanged);
            WhileShown(() => Presence.Show(PagePath, id, () => _ = InvokeAsync(() => CatchUpAsync(id))));
            Take(await Carts.FindAsync(id));
            AskUntilTold(id, isTold: Cart is not null && await AfterCartReadAsync(id));
        }
        Shelf = Inventory.Shelf;
        if (ShowsProducts) _ = prices.Among(Shelf, []);
        Relist(announce: IsContinued);
    }

    /// <summary>Called after the cart changed, here or in another tab.</summary>
    /// <param name="before">Null when the database had not told.</param>
    protected virtual void AfterCartChanged(Cart? before, CartChanged changed)
    {
    }

    /// <summary>
    /// Called after the page was told the cart that it has asked for: when it opens, and when it asked anew, as it does when the
    /// database is back.
    /// </summary>
    /// <returns>Whether all else that the page asks for was told too. If not, it asks for everything again.</returns>
    protected virtual Task<bool> AfterCartReadAsync(CartId id) => Task.FromResult(true);

    protected void Say(string text, MessageKind kind = MessageKind.Trouble) => Message = Message.Next(text, kind);

    protected async Task AddAsync(int itemId)
    {
        using var span = Begin("add to cart");
        if (await EnterAsync() is not { } turn) return;
        using (turn) SayAdded(await Carts.AddAsync(CartId!.Value, itemId), itemId);
    }

    protected void SayAdded(AddOutcome outcome, int? itemId = null)
    {
        var (text, kind) = Words.Added(outcome, Shelf, itemId);
        Say(text, kind);
    }

    protected async Task RemoveAsync(int itemId)
    {
        using var span = Begin("remove from cart");
        if (await EnterAsync() is not { } turn) return;
        using (turn)
        {
            var outcome = await Carts.RemoveAsync(CartId!.Value, itemId);
            if (outcome == RemoveOutcome.Unavailable) Say(Words.Unavailable);
            // The page shows what the database does not have, be it for a moment or since the cart was deleted as abandoned.
            if (outcome == RemoveOutcome.NotInCart) await ReloadCartAsync(CartId.Value);
        }
    }

    /// <summary>Waits for this shopper's turn. Null after telling the shopper why there is none.</summary>
    private protected async Task<IDisposable?> EnterAsync()
    {
        if (CartId is not { } id)
        {
            Say(Words.NoCookies);
            return null;
        }
        var turn = await Requests.AcquireAsync(id);
        if (turn.IsAcquired) return turn;
        Say(Words.TooFast);
        return null;
    }

    /// <summary>That these are gone was told in other words, which the announcement must not cover when the Shelf hears of it.</summary>
    protected void ToldGone(IEnumerable<int> itemIds) => gone.Told(itemIds);

    /// <summary>As <see cref="ToldGone"/>, of prices.</summary>
    protected void ToldPrices(IEnumerable<PurchaseLine> repriced) => prices.Told(repriced.Where(line => Shelf.FindProductOf(line.ItemId)?.Price != line.Price));

    private bool OnShelfChanged(ShelfChanged changed)
    {
        Shelf = changed.Shelf;
        var concernsCart = changed.Replaced || (Cart is not null && Cart.ItemIds.Any(id => Shelf.FindProductOf(id) is not { } product || changed.Products.Contains(product.Id)));
        List<PriceChange> repriced = ShowsProducts ? [.. prices.Among(Shelf, changed.Replaced ? Shelf.Products.Select(product => product.Id) : changed.Products)] : [];
        if (concernsCart || repriced.Count > 0) Relist(announce: true, repriced);
        if (changed.Replaced && CartId is { } id) _ = InvokeAsync(() => ReloadCartAsync(id));
        return ShowsProducts || concernsCart;
    }

    /// <summary>Whether the page shows more of the Shelf than the lines of the cart.</summary>
    protected virtual bool ShowsProducts => false;

    private bool OnCartChanged(CartChanged changed)
    {
        var before = Cart;
        if (!Take(changed.Cart)) return false;
        Shelf = Inventory.Shelf;
        Relist(announce: true);
        AfterCartChanged(before, changed);
        return true;
    }

    /// <summary>A connection that was lost took this shopper for gone, whose cart nobody watched.</summary>
    private async Task CatchUpAsync(CartId id)
    {
        var cart = await InTurnAsync(() => Carts.FindAsync(id));
        if (cart is null) AskUntilTold(id, isTold: false);
        else if (OnCartChanged(new CartChanged(cart))) Refresh();
    }

    /// <summary>Shows what the database says now, though the page knew of a newer version: an emptied store has none to compare with.</summary>
    private protected async Task ReloadCartAsync(CartId id)
    {
        if (awaitsReload) return;
        awaitsReload = true;
        var isFirst = Cart is null;
        var (isKnown, isTold) = await InTurnAsync(() =>
        {
            awaitsReload = false;
            return ReadAnewAsync(id);
        });
        AskUntilTold(id, isTold);
        if (!isKnown) return;
        // A page that continued while the database was away has not said yet what went meanwhile.
        Relist(announce: isFirst && IsContinued);
        Refresh();
    }

    private async Task<(bool IsCartKnown, bool IsTold)> ReadAnewAsync(CartId id)
    {
        Cart? known, found;
        do
        {
            known = Cart;
            found = await Carts.FindAsync(id);
        }
        while (!ReferenceEquals(known, Cart));
        if (found is null) return (false, false);
        Cart = found;
        Presence.Replace(found);
        return (true, await AfterCartReadAsync(id));
    }

    private static async Task<T> InTurnAsync<T>(Func<Task<T>> ask)
    {
        await Reloads.WaitAsync();
        try
        {
            return await ask();
        }
        finally
        {
            Reloads.Release();
        }
    }

    /// <summary>The sweep may have noticed nothing of what kept the page from being told, and then nobody else has it ask again.</summary>
    private void AskUntilTold(CartId id, bool isTold)
    {
        if (isTold)
        {
            asking?.Dispose();
            asking = null;
        }
        else if (asking is null)
        {
            WhileShown(() => asking = new Timer(_ => InvokeAsync(() => ReloadCartAsync(id)), null, Pause, Pause));
        }
    }

    private bool Take(Cart? cart)
    {
        if (cart is null || (Cart is not null && cart.Version <= Cart.Version)) return false;
        Cart = cart;
        Presence.Hold(cart);
        return true;
    }

    /// <param name="repriced">Prices in the store that changed with it.</param>
    private void Relist(bool announce, IReadOnlyList<PriceChange>? repriced = null)
    {
        var news = repriced ?? [];
        IReadOnlyList<CartLine> goneNow = [];
        // Without a cart nothing is known of its lines: what the shopper knew stays for when the database tells it.
        if (Cart is null) Lines = [];
        else
        {
            Lines = CartLine.Of(Cart, Shelf, known);
            goneNow = gone.Take(Lines);
            news = [.. prices.Among(Lines, known).Union(news)];
            known = Lines;
        }
        if (announce && news.Count + goneNow.Count > 0) Say(Words.Changed(news, goneNow));
    }
}

/// <summary>Part of a page that neither the database nor the Shelf can tell. A page that continues reads its lines anew, and says what is different.</summary>
/// <param name="Message">Last message to the shopper.</param>
/// <param name="Gone">Ids of the items in the cart that the shopper knows to be gone.</param>
/// <param name="Prices">Of the items in the cart, as shown.</param>
public sealed record ShopPageState(Message Message, IReadOnlyCollection<int> Gone, IReadOnlyList<PurchaseLine> Prices);
