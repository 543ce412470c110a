using StackExchange.Redis;

namespace LiveShop.Web.Cluster;

/// <summary>
/// This node's connection to the Redis that the nodes share. The client connects, notices a dead connection and reconnects by
/// itself; callers ask <see cref="IsReachable"/> and do without Redis while it is away.
/// </summary>
internal sealed class RedisLink : IAsyncDisposable
{
    /// <summary>
    /// Options of the client, which the address may override. The client pings each second, a command times out after three, and
    /// a connection that has answered nothing for <c>4 × syncTimeout</c> while a command timed out is dropped: a Redis that
    /// hangs is out of reach after three to four seconds. With the client's defaults it takes more than twenty.
    /// </summary>
    private const string Defaults = "connectTimeout=2000,keepAlive=1,asyncTimeout=3000,syncTimeout=750";

    /// <summary>Milliseconds until the client tries again to connect: at first, and at most however long Redis is away.</summary>
    private const int FirstRetry = 1000, LongestRetry = 2000;

    private const string NoAnswer = "It does not answer.";

    private readonly ILogger<RedisLink> logger;
    private volatile string reason = NoAnswer;
    private State state;

    private RedisLink(ConnectionMultiplexer connection, ILogger<RedisLink> logger)
    {
        (Connection, this.logger) = (connection, logger);
        connection.ConnectionFailed += (_, failed) => reason = failed.Exception?.Message ?? failed.FailureType.ToString();
        connection.ConnectionRestored += (_, _) => reason = NoAnswer;
        _ = IsReachable;
    }

    public ConnectionMultiplexer Connection { get; }

    public ISubscriber Subscriber => Connection.GetSubscriber();

    /// <summary>
    /// Whether Redis can be told and heard. Logs a change since the last call, which the client cannot do: it raises no event when
    /// it drops a connection that does not answer.
    /// </summary>
    public bool IsReachable
    {
        get
        {
            var isReachable = Subscriber.IsConnected();
            var now = isReachable ? State.Here : State.Away;
            if (Interlocked.Exchange(ref state, now) != now)
            {
                if (isReachable) ClusterLog.RedisReached(logger);
                else ClusterLog.RedisLost(logger, reason);
            }
            return isReachable;
        }
    }

    /// <param name="address">Of StackExchange.Redis' form, such as <c>localhost:6379,password=…</c>.</param>
    public static RedisLink Open(string address, ILogger<RedisLink> logger)
    {
        var options = ConfigurationOptions.Parse($"{Defaults},{address}");
        // A node starts without Redis, and goes on without it.
        options.AbortOnConnectFail = false;
        options.ConnectRetry = 1;
        options.ReconnectRetryPolicy = new ExponentialRetry(FirstRetry, LongestRetry);
        options.ClientName = "liveshop";
        return new RedisLink(ConnectionMultiplexer.Connect(options), logger);
    }

    /// <summary>
    /// Returns at once. False when the message is known to be lost; never throws. Without the question first, the client would
    /// hold the message back and send it, outdated, when it is connected again.
    /// </summary>
    public bool TryPublish(RedisChannel channel, byte[] message)
    {
        try
        {
            if (!IsReachable) return false;
            Subscriber.Publish(channel, message, CommandFlags.FireAndForget);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    /// <summary>
    /// Messages of the channel from now on, in order. Returns at once, also while Redis is away: the client subscribes each time
    /// it is connected.
    /// </summary>
    public ChannelMessageQueue Subscribe(RedisChannel channel) => Subscriber.Subscribe(channel, CommandFlags.FireAndForget);

    public async ValueTask DisposeAsync() => await Connection.CloseAsync(allowCommandsToComplete: IsReachable);

    private enum State
    {
        Unknown,
        Away,
        Here,
    }
}
