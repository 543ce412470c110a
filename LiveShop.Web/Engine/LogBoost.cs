namespace LiveShop.Web.Engine;

/// <summary>Has the shop's own log tell everything for a while, and then what it told before, by itself.</summary>
/// <remarks>The newest source of the configuration, so it comes before what files and variables say.</remarks>
internal sealed class LogBoost(TimeProvider time) : ConfigurationProvider, IConfigurationSource, IDisposable
{
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(10);

    /// <summary>The level of all categories of the shop.</summary>
    private const string Key = "Logging:LogLevel:LiveShop";

    private readonly Lock gate = new();
    private ITimer? end;

    /// <summary>When it ends; null when there is none.</summary>
    public DateTimeOffset? Until { get; private set; }

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    /// <summary>From now on for <see cref="Length"/>; one that runs begins anew.</summary>
    public DateTimeOffset Raise()
    {
        lock (gate)
        {
            end?.Dispose();
            // Else it would hold on to the circuit that asked for it.
            using (ExecutionContext.SuppressFlow()) end = time.CreateTimer(_ => Lower(), null, Length, Timeout.InfiniteTimeSpan);
            Until = time.GetUtcNow() + Length;
            Data = new Dictionary<string, string?> { [Key] = nameof(LogLevel.Debug) };
        }
        OnReload();
        return Until.Value;
    }

    public void Dispose() => end?.Dispose();

    private void Lower()
    {
        lock (gate)
        {
            Until = null;
            Data = new Dictionary<string, string?>();
        }
        OnReload();
    }
}
