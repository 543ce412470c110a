using System.Globalization;

namespace LiveShop.Web.Database;

/// <summary>Who holds a data directory.</summary>
internal sealed record LockHolder(EmbeddedPostgresRole Role, int ProcessId)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Role == EmbeddedPostgresRole.Shop ? "shop" : "command")} {ProcessId}");

    public static LockHolder? Parse(string text) =>
        text.Split(' ') is [var role, var id] && int.TryParse(id, CultureInfo.InvariantCulture, out var processId)
            ? role switch
            {
                "shop" => new(EmbeddedPostgresRole.Shop, processId),
                "command" => new(EmbeddedPostgresRole.Command, processId),
                _ => null,
            }
            : null;
}

/// <summary>
/// The right to start and stop the server of one data directory, held by at most one process. The kernel keeps it
/// (<c>flock</c>) and takes it back however the process ends, so it is never stale. The lock file itself cannot be read
/// while it is locked; a second file beside it says who holds it, for messages and for commands that look for a shop.
/// </summary>
internal sealed class DataDirectoryLock : IDisposable
{
    public const string LockFile = "liveshop.lock";
    private const string HolderFile = "liveshop.holder";
    private const int WouldBlock = 11;

    private readonly FileStream held;
    private readonly string holderFile;

    private DataDirectoryLock(FileStream held, string holderFile) => (this.held, this.holderFile) = (held, holderFile);

    /// <summary>Null when another process, or another part of this one, holds it.</summary>
    public static DataDirectoryLock? TryTake(string directory, EmbeddedPostgresRole role)
    {
        FileStream held;
        try
        {
            held = new FileStream(Path.Combine(directory, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e.HResult == WouldBlock)
        {
            return null;
        }

        try
        {
            var holderFile = Path.Combine(directory, HolderFile);
            File.WriteAllText(holderFile, new LockHolder(role, Environment.ProcessId).ToString());
            return new(held, holderFile);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Null for the moment in which a new holder has not written its name yet: what a killed one left does not count.</summary>
    public static LockHolder? Holder(string directory)
    {
        var file = Path.Combine(directory, HolderFile);
        try
        {
            return LockHolder.Parse(File.ReadAllText(file)) is { } holder && Directory.Exists($"/proc/{holder.ProcessId}") ? holder : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        try
        {
            File.Delete(holderFile);
        }
        catch (IOException)
        {
            // The whole directory is gone; the lock is still to be given back.
        }

        held.Dispose();
    }
}
