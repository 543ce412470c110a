using StackExchange.Redis;

namespace LiveShop.Web.Cluster;

/// <summary>Every name that the shop uses in Redis, so that two shops on one server, or two releases of one, can be kept apart here.</summary>
internal static class ClusterNames
{
    /// <summary>What nodes tell each other: <see cref="NodeMessage"/>. One channel, because Redis keeps the order of what one node publishes on it.</summary>
    public static readonly RedisChannel Events = RedisChannel.Literal("liveshop:events");

    /// <summary>Who is on which node: <see cref="PresenceMessage"/>.</summary>
    public static readonly RedisChannel Presence = RedisChannel.Literal("liveshop:presence");
}
