using StackExchange.Redis;

namespace LiveShop.Web.Cluster;

/// <summary>
/// This node's connection to the Redis that the nodes share. It comes and goes by itself; whoever uses it asks
/// <see cref="IsReachable"/> and does without while it is away.
/// </summary>
internal sealed class RedisLink : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>After which Redis is taken to be out of reach, though the connection still stands.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(3);

    /// <summary>How long the library takes to give up a try, and so how long a node may not notice that Redis is there; unless the address says otherwise. Its own default is five seconds.</summary>
    private const string ConnectTimeout = "connectTimeout=2000";

    private const string NoAnswer = "It does not answer.";

    private readonly ConnectionMultiplexer connection;
    private readonly ILogger<RedisLink> logger;
    private readonly PeriodicTimer timer = new(Pause);
    private volatile State state;

    private RedisLink(ConnectionMultiplexer connection, ILogger<RedisLink> logger)
    {
        (this.connection, this.logger) = (connection, logger);
        connection.ConnectionFailed += (_, failed) => Lost(failed.Exception?.Message ?? failed.FailureType.ToString());
        if (connection.IsConnected) Answered();
        else Lost(NoAnswer);
        _ = AskAsync();
    }

    public bool IsReachable => connection.IsConnected && state == State.Here;

    public ISubscriber Subscriber => connection.GetSubscriber();

    /// <param name="address">Of StackExchange.Redis' form, such as <c>localhost:6379,password=…</c>.</param>
    public static RedisLink Open(string address, ILogger<RedisLink> logger)
    {
        var options = ConfigurationOptions.Parse($"{ConnectTimeout},{address}");
        // A node begins, and goes on, without it.
        options.AbortOnConnectFail = false;
        options.ConnectRetry = 1;
        options.ClientName = "liveshop";
        return new RedisLink(ConnectionMultiplexer.Connect(options), logger);
    }

    /// <summary>
    /// Returns at once: an answer that never comes must not hold up what follows. False when it is known by now that nobody hears
    /// it; it never throws.
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

    public async ValueTask DisposeAsync()
    {
        timer.Dispose();
        await connection.CloseAsync(allowCommandsToComplete: IsReachable);
    }

    /// <summary>The library notices a connection that is closed, and not one at whose other end nothing happens any more.</summary>
    private async Task AskAsync()
    {
        while (await timer.WaitForNextTickAsync())
        {
            if (!connection.IsConnected) continue;
            try
            {
                await connection.GetDatabase().PingAsync().WaitAsync(Silence);
                Answered();
            }
            catch (Exception exception)
            {
                Lost(exception is TimeoutException ? NoAnswer : exception.Message);
            }
        }
    }

    private void Lost(string reason)
    {
        if (Interlocked.Exchange(ref state, State.Away) != State.Away) ClusterLog.RedisLost(logger, reason);
    }

    private void Answered()
    {
        if (Interlocked.Exchange(ref state, State.Here) != State.Here) ClusterLog.RedisReached(logger);
    }

    private enum State
    {
        Unknown,
        Away,
        Here,
    }
}
