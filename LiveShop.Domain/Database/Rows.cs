namespace LiveShop.Domain;

// The tables as EF Core sees them. What the rest of the domain and the pages see are the records of each context.

/// <summary>One row for the whole store.</summary>
internal sealed class StoreRow
{
    public int Id { get; set; }

    /// <summary>Grows when the store is emptied: rows may then have gone, which versions alone cannot tell.</summary>
    public long Epoch { get; set; }
}

/// <summary>What an operator can stop selling for a while.</summary>
internal abstract class StoppableRow
{
    /// <summary>Null while it sells, and then so is <see cref="StopReason"/>.</summary>
    public DateTimeOffset? StoppedAt { get; set; }

    /// <summary>The operator's words; those of a product are shown to shoppers.</summary>
    public string? StopReason { get; set; }
}

internal sealed class ProductRow : StoppableRow
{
    public int Id { get; set; }
    public required string Sku { get; set; }
    public required string Brand { get; set; }
    public required string Name { get; set; }
    public required string Colorway { get; set; }
    public decimal Price { get; set; }
    public DateTimeOffset? ScheduledAt { get; set; }
    public DateTimeOffset? ReleasedAt { get; set; }
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Null for what is in the store.</summary>
    public DateTimeOffset? RetiredAt { get; set; }

    /// <summary>That of the <see cref="ProductPictureRow"/>; here so that the product's version grows with it.</summary>
    public string? PictureSha256 { get; set; }

    public long Version { get; set; }

    /// <summary>The transaction of the last change; see <see cref="ShelfSync"/>.</summary>
    public ulong ChangedIn { get; set; }

    public List<ItemRow> Items { get; } = [];
}

/// <summary>The picture that an operator uploaded; a product without one has a drawn one.</summary>
internal sealed class ProductPictureRow
{
    public int ProductId { get; set; }

    /// <summary>Of <see cref="Bytes"/>, in lower-case hexadecimal.</summary>
    public required string Sha256 { get; set; }

    public required string ContentType { get; set; }
    public required byte[] Bytes { get; set; }

    /// <summary>The same picture scaled down. Ignored unless <see cref="SmallOf"/> equals <see cref="Sha256"/>.</summary>
    public byte[]? SmallBytes { get; set; }

    /// <summary>The <see cref="Sha256"/> of the picture that <see cref="SmallBytes"/> was made of.</summary>
    public string? SmallOf { get; set; }
}

internal sealed class ItemRow : StoppableRow
{
    public int Id { get; set; }
    public int ProductId { get; set; }
    public required string Sku { get; set; }
    public decimal Size { get; set; }
}

internal sealed class AvailabilityRow
{
    public int ItemId { get; set; }
    public int Available { get; set; }
    public long Version { get; set; }

    /// <inheritdoc cref="ProductRow.ChangedIn"/>
    public ulong ChangedIn { get; set; }
}

/// <summary>The ledger: for each item the deltas add up to what is available.</summary>
internal sealed class StockMovementRow
{
    public long Id { get; set; }
    public int ItemId { get; set; }
    public int Delta { get; set; }
    public required string Reason { get; set; }
    public long? OrderId { get; set; }
    public required string Actor { get; set; }
    public DateTimeOffset At { get; set; }
}

internal sealed class CartRow
{
    public required string Id { get; set; }

    /// <summary>The idempotency key of the next order. A purchase puts a new one in its place.</summary>
    public Guid CheckoutKey { get; set; }

    public long Version { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    /// <inheritdoc cref="ProductRow.ChangedIn"/>
    public ulong ChangedIn { get; set; }
}

internal sealed class CartItemRow
{
    public required string CartId { get; set; }
    public int ItemId { get; set; }
    public DateTimeOffset AddedAt { get; set; }
}

/// <summary>What the shopper has typed at checkout so far.</summary>
internal sealed class CheckoutDraftRow
{
    public required string CartId { get; set; }
    public required string Email { get; set; }
    public required string Name { get; set; }
    public required string Address { get; set; }
    public required string City { get; set; }
    public required string PostalCode { get; set; }
    public required string Country { get; set; }
}

internal sealed class OrderRow
{
    public long Id { get; set; }
    public required string Number { get; set; }

    /// <summary>Whose order it is. No foreign key: carts go after a week, orders stay.</summary>
    public required string CartId { get; set; }

    public Guid IdempotencyKey { get; set; }
    public required string State { get; set; }
    public required string Email { get; set; }
    public required string Name { get; set; }
    public required string Address { get; set; }
    public required string City { get; set; }
    public required string PostalCode { get; set; }
    public required string Country { get; set; }
    public decimal Total { get; set; }
    public DateTimeOffset PlacedAt { get; set; }

    /// <summary>Since when it is cancelled or refunded; null while it is neither.</summary>
    public DateTimeOffset? StateChangedAt { get; set; }

    /// <summary>When the buyer first saw the confirmation; null as long as that is not known.</summary>
    public DateTimeOffset? ShownAt { get; set; }

    /// <summary>The database's own, for finding an address however it was typed.</summary>
    public string EmailLower { get; private set; } = "";

    public List<OrderLineRow> Lines { get; } = [];
}

/// <summary>A copy of what was bought as it was then; later edits of the product do not reach it.</summary>
internal sealed class OrderLineRow
{
    public long OrderId { get; set; }
    public int ItemId { get; set; }
    public required string Sku { get; set; }
    public required string ProductName { get; set; }
    public decimal Size { get; set; }
    public decimal Price { get; set; }
}

/// <summary>A mail to send about an order. Its text is made of the order when it is sent.</summary>
internal sealed class EmailRow
{
    public long OrderId { get; set; }
    public required string Kind { get; set; }
    public required string Recipient { get; set; }
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Null when there is nothing left to try: it was sent, or nobody will ever take it.</summary>
    public DateTimeOffset? NextAttemptAt { get; set; }

    public int Attempts { get; set; }
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>Why the newest attempt failed.</summary>
    public string? LastError { get; set; }
}

internal sealed class AuditEntryRow
{
    public long Id { get; set; }
    public DateTimeOffset At { get; set; }
    public required string Actor { get; set; }
    public required string Action { get; set; }
    public required string Subject { get; set; }

    /// <summary>JSON, like <see cref="After"/>.</summary>
    public string? Before { get; set; }

    public string? After { get; set; }
}
