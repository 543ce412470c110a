using System.Collections.Immutable;
using System.Diagnostics;
using LiveShop.Domain;
using LiveShop.Web.Admin;

namespace LiveShop.Web.Cluster;

/// <summary>
/// What one node tells the others: one event, as JSON. Its shape is its own, so that a release may change its events and still
/// understand its neighbour's.
/// </summary>
/// <remarks>
/// Fields may be added: a node that does not know one ignores it, and a node that misses one takes its default. What would be
/// misunderstood raises <see cref="Current"/>, and nodes of the other release leave such messages alone and learn from the sweep.
/// A new field of a product that pages show is such a thing: the default would come with the version that the database has, and
/// no sweep would correct it.
/// </remarks>
internal sealed record NodeMessage
{
    public const int Current = 1;

    public int Version { get; init; } = Current;

    /// <summary>The sender, a <see cref="NodeId"/>.</summary>
    public required string Node { get; init; }

    /// <summary>A timestamp of the sender's <see cref="Stopwatch"/>, of use to the sender alone.</summary>
    public long SentAt { get; init; }

    public AvailabilityPart? Availability { get; init; }

    public ProductPart? Product { get; init; }

    public CartPart? Cart { get; init; }

    /// <summary>The id of the operator whose sessions have ended.</summary>
    public string? SessionsEnded { get; init; }

    /// <summary>Null for an event that is this node's own business, such as what its circuits are told.</summary>
    public static byte[]? Write(NodeId node, DomainEvent domainEvent)
    {
        var message = new NodeMessage { Node = node.Value, SentAt = Stopwatch.GetTimestamp() };
        message = domainEvent switch
        {
            AvailabilityChanged changed => message with { Availability = AvailabilityPart.Of(changed) },
            ProductChanged changed => message with { Product = ProductPart.Of(changed) },
            CartChanged changed => message with { Cart = CartPart.Of(changed) },
            SessionsEnded ended => message with { SessionsEnded = ended.UserId },
            _ => null,
        };
        return message is null ? null : ClusterJson.Write(message);
    }

    /// <summary>Null for what this release does not understand.</summary>
    public static NodeMessage? Read(byte[]? bytes) => ClusterJson.Read<NodeMessage>(bytes) is { Version: Current } message ? message : null;

    /// <summary>Null when it holds none that this release knows.</summary>
    public DomainEvent? ToEvent() =>
        Availability?.ToEvent() ?? Product?.ToEvent() ?? Cart?.ToEvent() ?? (SessionsEnded is null ? null : new SessionsEnded(SessionsEnded));

    internal sealed record AvailabilityPart(int ItemId, int Count, long Version, DateTimeOffset? CommittedAt)
    {
        public static AvailabilityPart Of(AvailabilityChanged changed) => new(changed.ItemId, changed.Availability.Count, changed.Availability.Version, changed.CommittedAt);

        public DomainEvent ToEvent() => new AvailabilityChanged(ItemId, new Availability(Count, Version)) { CommittedAt = CommittedAt };
    }

    /// <summary>A product is told of rarely, and whole.</summary>
    internal sealed record ProductPart(Product Whole, DateTimeOffset? CommittedAt)
    {
        public static ProductPart Of(ProductChanged changed) => new(changed.Product, changed.CommittedAt);

        /// <summary>Null when what matters is missing.</summary>
        public DomainEvent? ToEvent() => Whole is { Items.IsDefault: false, Sku: not null, Brand: not null, Name: not null, Colorway: not null }
            ? new ProductChanged(Whole) { CommittedAt = CommittedAt }
            : null;
    }

    internal sealed record CartPart(string Id, long Version, Guid CheckoutKey, ImmutableArray<int> ItemIds, string? OrderNumber)
    {
        public static CartPart Of(CartChanged changed) =>
            new(changed.Cart.Id.Value, changed.Cart.Version, changed.Cart.CheckoutKey, changed.Cart.ItemIds, changed.OrderNumber);

        public DomainEvent? ToEvent() => CartId.TryParse(Id, out var id) && !ItemIds.IsDefault ? new CartChanged(new Cart(id, Version, CheckoutKey, ItemIds), OrderNumber) : null;
    }
}
