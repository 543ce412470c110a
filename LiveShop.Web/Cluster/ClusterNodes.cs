using LiveShop.Domain;
using LiveShop.Web.Health;

namespace LiveShop.Web.Cluster;

/// <summary>The nodes of the cluster as this one sees them: itself first, then those of which it heard within their lease.</summary>
internal sealed class ClusterNodes(NodeId node, Readiness readiness, IPresence everybody, ClusterPresence? presence = null)
{
    public IReadOnlyList<NodeSight> All => presence is null
        ? [new NodeSight(node.Value, readiness.State, everybody.Totals.Shoppers)]
        : [new NodeSight(node.Value, readiness.State, presence.OwnShoppers), .. presence.Neighbours];

    /// <summary>Whether another node takes this one's shoppers when it goes.</summary>
    public bool HasSuccessor => presence is { HasReadyNeighbour: true };
}

/// <summary>A node as another one sees it, or itself.</summary>
/// <param name="State">As <see cref="Readiness.State"/>; "unknown" when it has not told.</param>
/// <param name="Shoppers">Who have a tab there.</param>
internal sealed record NodeSight(string Id, string State, int Shoppers);
