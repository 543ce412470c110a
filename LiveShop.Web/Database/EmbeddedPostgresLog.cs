namespace LiveShop.Web.Database;

internal static partial class EmbeddedPostgresLog
{
    [LoggerMessage(2101, LogLevel.Warning, "The postgres user could not reach {Wanted}; the database lies in {Actual}.")]
    public static partial void LiesElsewhere(ILogger logger, string wanted, string actual);

    [LoggerMessage(2102, LogLevel.Information, "Creating a database in {Directory}.")]
    public static partial void Creating(ILogger logger, string directory);

    [LoggerMessage(2103, LogLevel.Information, "PostgreSQL {Version} runs in {Directory}.")]
    public static partial void Started(ILogger logger, int version, string directory);

    [LoggerMessage(2104, LogLevel.Warning, "PostgreSQL was left running in {Directory} (process {ProcessId}) by a shop that did not end well; going on with it.")]
    public static partial void Adopted(ILogger logger, string directory, int processId);

    [LoggerMessage(2105, LogLevel.Information, "Using the database of the shop that runs on {Directory}.")]
    public static partial void Joined(ILogger logger, string directory);

    [LoggerMessage(2106, LogLevel.Information, "Waiting for {Holder}, which uses {Directory}.")]
    public static partial void Waiting(ILogger logger, string holder, string directory);

    [LoggerMessage(2107, LogLevel.Information, "Removing {File}: its process {ProcessId} is not this database's server.")]
    public static partial void RemovingStale(ILogger logger, string file, int processId);

    [LoggerMessage(2108, LogLevel.Warning, "PostgreSQL in {Directory} did not stop: {Reason} The next start goes on with it.")]
    public static partial void NotStopped(ILogger logger, string directory, string reason);
}
