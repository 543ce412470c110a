namespace LiveShop.Domain;

/// <summary>A mail that this node, and no other, is to send now. What it says is taken from the order.</summary>
public sealed record OutgoingMail
{
    public const string Confirmation = "confirmation";

    internal OutgoingMail(long orderId, DateTimeOffset createdAt) => (OrderId, CreatedAt) = (orderId, createdAt);

    /// <summary>What it says of the order; each is sent once per order.</summary>
    public required string Kind { get; init; }

    /// <summary>What the shopper typed and the form accepted, which a mail server need not.</summary>
    public required string Recipient { get; init; }

    /// <summary>1 for the first.</summary>
    public required int Attempt { get; init; }

    public required Order Order { get; init; }

    public required DeliveryDetails Delivery { get; init; }

    internal long OrderId { get; }

    /// <summary>Tells it from the mail of an order that has the same id after a reset.</summary>
    internal DateTimeOffset CreatedAt { get; }
}
