using System.Globalization;

namespace LiveShop.Load;

internal enum DisasterKind
{
    KillNode,
    RestartNode,
    KillRedis,
    FlushRedis,
    KillPostgres,
}

/// <param name="Node">From 1; 0 for what is not of a node.</param>
/// <param name="Calm">Before it.</param>
/// <param name="Down">Until what was killed is started again.</param>
internal sealed record Disaster(DisasterKind Kind, int Node, TimeSpan Calm, TimeSpan Down)
{
    public string Name => Kind switch
    {
        DisasterKind.KillNode => "kill -9 of a node",
        DisasterKind.RestartNode => "restart of a node",
        DisasterKind.KillRedis => "kill -9 of Redis",
        DisasterKind.FlushRedis => "FLUSHALL of Redis",
        _ => "kill -9 of PostgreSQL",
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
                await KillAsync(cluster, $"kill-node {node}", $"start-node {node}", stop);
                break;
            case DisasterKind.KillRedis:
                await KillAsync(cluster, "kill redis", "start redis", stop);
                break;
            default:
                await KillAsync(cluster, "kill postgres", "start postgres", stop);
                break;
        }
    }

    private async Task KillAsync(Cluster cluster, string kill, string start, CancellationToken stop)
    {
        await cluster.DoAsync(kill, stop);
        await Task.Delay(Down, stop);
        await cluster.DoAsync(start, stop);
    }
}
