using StackExchange.Redis;

namespace LiveShop.Web.Cluster;

/// <summary>
/// This node's connection to the Redis that the nodes share. It comes and goes by itself; whoever uses it asks
/// <see cref="IsReachable"/> and does without while it is away.
/// </summary>
internal sealed class RedisLink : IAsyncDisposable
{
    /// <summary>How soon a connection that died without a word is noticed, about.</summary>
    private const int KeepAliveSeconds = 2;

    private readonly ConnectionMultiplexer connection;
    private readonly ILogger<RedisLink> logger;
    private int wasReachable;

    private RedisLink(ConnectionMultiplexer connection, ILogger<RedisLink> logger)
    {
        (this.connection, this.logger) = (connection, logger);
        connection.ConnectionFailed += (_, failed) => Lost(failed.Exception?.Message ?? failed.FailureType.ToString());
        connection.ConnectionRestored += (_, _) => Restored();
        if (connection.IsConnected) Restored();
        else Lost("It does not answer.");
    }

    public bool IsReachable => connection.IsConnected;

    public ISubscriber Subscriber => connection.GetSubscriber();

    /// <param name="address">Of StackExchange.Redis' form, such as <c>localhost:6379,password=…</c>.</param>
    public static RedisLink Open(string address, ILogger<RedisLink> logger)
    {
        var options = ConfigurationOptions.Parse(address);
        // A node begins, and goes on, without it.
        options.AbortOnConnectFail = false;
        options.KeepAlive = KeepAliveSeconds;
        // Nobody waits longer for it at the start either.
        options.ConnectTimeout = 1000;
        options.ClientName = "liveshop";
        return new RedisLink(ConnectionMultiplexer.Connect(options), logger);
    }

    public async ValueTask DisposeAsync() => await connection.CloseAsync(allowCommandsToComplete: true);

    private void Lost(string reason)
    {
        if (Interlocked.Exchange(ref wasReachable, 0) == 1) ClusterLog.RedisLost(logger, reason);
    }

    private void Restored()
    {
        if (!connection.IsConnected || Interlocked.Exchange(ref wasReachable, 1) == 1) return;
        ClusterLog.RedisReached(logger);
    }
}
