using System.Globalization;

namespace LiveShop.Load;

internal enum DisasterKind
{
    KillNode,
    RestartNode,
    KillRedis,
    FlushRedis,
    KillPostgres,
    FreezeNode,
    FreezeRedis,
    FreezePostgres,
}

/// <param name="Node">From 1; 0 for what is not of a node.</param>
/// <param name="Calm">Before it.</param>
/// <param name="Down">Until what was killed is started again, or what stands still goes on.</param>
internal sealed record Disaster(DisasterKind Kind, int Node, TimeSpan Calm, TimeSpan Down)
{
    public static bool IsOfNode(DisasterKind kind) => kind is DisasterKind.KillNode or DisasterKind.RestartNode or DisasterKind.FreezeNode;

    public string Name => Kind switch
    {
        DisasterKind.KillNode => "kill -9 of a node",
        DisasterKind.RestartNode => "restart of a node",
        DisasterKind.KillRedis => "kill -9 of Redis",
        DisasterKind.FlushRedis => "FLUSHALL of Redis",
        DisasterKind.KillPostgres => "kill -9 of PostgreSQL",
        DisasterKind.FreezeNode => "standstill of a node",
        DisasterKind.FreezeRedis => "standstill of Redis",
        _ => "standstill of PostgreSQL",
    };

    /// <summary>Does it and mends it, as far as a command mends it; the nodes may need longer.</summary>
    public async Task HappenAsync(Cluster cluster, CancellationToken stop)
    {
        var node = Node.ToString(CultureInfo.InvariantCulture);
        switch (Kind)
        {
            case DisasterKind.RestartNode:
                await cluster.DoAsync($"restart-node {node}", stop);
                break;
            case DisasterKind.FlushRedis:
                await cluster.FlushRedisAsync(stop);
                break;
            case DisasterKind.KillNode:
                await ForAWhileAsync(cluster, $"kill-node {node}", $"start-node {node}", stop);
                break;
            case DisasterKind.KillRedis:
                await ForAWhileAsync(cluster, "kill redis", "start redis", stop);
                break;
            case DisasterKind.KillPostgres:
                await ForAWhileAsync(cluster, "kill postgres", "start postgres", stop);
                break;
            case DisasterKind.FreezeNode:
                await ForAWhileAsync(cluster, $"freeze-node {node}", $"thaw-node {node}", stop);
                break;
            case DisasterKind.FreezeRedis:
                await ForAWhileAsync(cluster, "freeze redis", "thaw redis", stop);
                break;
            default:
                await ForAWhileAsync(cluster, "freeze postgres", "thaw postgres", stop);
                break;
        }
    }

    private async Task ForAWhileAsync(Cluster cluster, string begin, string end, CancellationToken stop)
    {
        await cluster.DoAsync(begin, stop);
        await Task.Delay(Down, stop);
        await cluster.DoAsync(end, stop);
    }
}
