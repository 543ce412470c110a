using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using LiveShop.Domain;

namespace LiveShop.Web.Cluster;

/// <summary>
/// What a node tells the others about who is on it. As JSON, under the same rules as <see cref="NodeMessage"/>, but for this: who
/// sends it, how the sender is and that it stops are read in every version, since a node that saw no other would not send its
/// tabs there before it stops.
/// </summary>
internal sealed record PresenceMessage
{
    public const int Current = 1;

    public int Version { get; init; } = Current;

    /// <summary>The sender, a <see cref="NodeId"/>.</summary>
    public required string Node { get; init; }

    /// <summary>How the sender is, as <c>/health/ready</c> tells it; null from a release that does not tell.</summary>
    public string? State { get; init; }

    /// <summary>How many messages with changes the sender had sent, with this one. Who has not heard them all asks for everything.</summary>
    public long Sequence { get; init; }

    /// <summary>Those that changed since the message before; null for a sign of life.</summary>
    public IReadOnlyList<Shopper>? Changes { get; init; }

    /// <summary>Everybody, in place of what was told before.</summary>
    public IReadOnlyList<Shopper>? Everybody { get; init; }

    /// <summary>The node that is asked for everybody.</summary>
    public string? Ask { get; init; }

    /// <summary>The sender stops: nobody is on it any more.</summary>
    public bool Farewell { get; init; }

    public byte[] Write() => ClusterJson.Write(this);

    /// <summary>A sign of life in place of what only another release understands; null for what is no message at all.</summary>
    public static PresenceMessage? Read(byte[]? bytes)
    {
        if (ClusterJson.Read<PresenceMessage>(bytes) is { Version: Current } message) return message;
        return ClusterJson.Read<Sender>(bytes) is { } sender ? new PresenceMessage { Node = sender.Node, State = sender.State, Farewell = sender.Farewell } : null;
    }

    /// <summary>Tells carts apart without telling which they are: whoever knows a cart's id holds it.</summary>
    public static ulong KeyOf(CartId cartId) => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.ASCII.GetBytes("presence " + cartId.Value)));

    /// <param name="Key">See <see cref="KeyOf"/>.</param>
    /// <param name="Pages">Null when the shopper has gone.</param>
    internal sealed record Shopper(ulong Key, ImmutableArray<string>? Pages, ImmutableArray<int>? ItemIds, long CartVersion)
    {
        public static Shopper Of(ulong key, ShopperState? state) => new(key, state?.Pages, state?.ItemIds, state?.Version ?? 0);

        public ShopperState? State => Pages is { IsDefault: false } pages ? new ShopperState(pages, ItemIds is { IsDefault: false } items ? items : [], CartVersion) : null;
    }

    /// <summary>What every version has, whatever has become of the rest.</summary>
    private sealed record Sender
    {
        public required string Node { get; init; }

        public string? State { get; init; }

        public bool Farewell { get; init; }
    }
}
