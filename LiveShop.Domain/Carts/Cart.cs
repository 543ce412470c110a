using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;

namespace LiveShop.Domain;

/// <summary>Who holds a cart: 256 random bits, one per browser. Whoever knows it holds the cart, so it is never logged or rendered.</summary>
public readonly record struct CartId
{
    private const int Bytes = 32;
    private static readonly int Characters = Base64Url.GetEncodedLength(Bytes);

    private CartId(string value) => Value = value;

    /// <summary>43 characters of URL-safe base64.</summary>
    public string Value { get; }

    public static CartId New() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));

    public static bool TryParse(string? value, out CartId id)
    {
        var valid = value?.Length == Characters && Base64Url.IsValid(value, out var length) && length == Bytes;
        id = valid ? new CartId(value!) : default;
        return valid;
    }

    /// <summary>Keeps the secret out of logs and traces.</summary>
    public override string ToString() => "cart";
}

/// <summary>What one shopper holds, as the database has it. The price and the level of each item are the Shelf's to tell.</summary>
/// <param name="Version">Grows with each change, over all nodes; 0 for a cart that was never stored.</param>
/// <param name="CheckoutKey">The idempotency key of this cart's next order; every tab has the same one until that order is placed.</param>
/// <param name="ItemIds">In the order in which they were added; no item twice.</param>
public sealed record Cart(CartId Id, long Version, Guid CheckoutKey, ImmutableArray<int> ItemIds)
{
    public bool IsEmpty => ItemIds.IsEmpty;

    public static Cart Empty(CartId id) => new(id, 0, Guid.Empty, []);

    public bool Holds(int itemId) => ItemIds.Contains(itemId);
}

/// <summary>The whole cart after a change.</summary>
/// <param name="OrderNumber">The order that emptied it, if one did.</param>
public sealed record CartChanged(Cart Cart, string? OrderNumber = null) : DomainEvent
{
    public override Topic Topic => Topic.Cart(Cart.Id);
}

/// <summary>What became of adding an item.</summary>
public enum AddOutcome
{
    Added,
    AlreadyInCart,

    /// <summary>The cart holds as many items as <see cref="ShopSettings.MaxItemsPerCart"/> allows.</summary>
    CartFull,

    /// <summary>No pair is left, or the product was taken off the store.</summary>
    SoldOut,

    /// <summary>Of a product that is coming soon, or of none that the shop has.</summary>
    NotForSale,

    /// <summary>An operator has stopped the sale of the product or of this size for now.</summary>
    Stopped,

    /// <summary>The database is out of reach.</summary>
    Unavailable,
}

/// <summary>What became of taking an item out.</summary>
public enum RemoveOutcome
{
    Removed,

    /// <summary>It was taken out before, or the cart was bought or deleted.</summary>
    NotInCart,

    /// <summary>The database is out of reach.</summary>
    Unavailable,
}
