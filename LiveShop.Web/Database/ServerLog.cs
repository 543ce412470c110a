namespace LiveShop.Web.Database;

/// <summary>What the server itself writes, mostly the reason when it does not start.</summary>
internal sealed class ServerLog(string file)
{
    private const long LimitBytes = 10 * 1024 * 1024;

    private long startOfThisStart;

    public string File { get; } = file;

    /// <summary>Keeps the file bounded, which only works while no server writes to it, and remembers where this start begins in it.</summary>
    public void BeginStart()
    {
        var info = new FileInfo(File);
        if (info.Exists && info.Length > LimitBytes)
            info.Delete();

        info.Refresh();
        startOfThisStart = info.Exists ? info.Length : 0;
    }

    /// <summary>The line that tells why this start failed; null when nothing was written.</summary>
    public string? ReasonOfFailure()
    {
        if (!System.IO.File.Exists(File))
            return null;

        using var log = new StreamReader(File, new FileStreamOptions { Share = FileShare.ReadWrite });
        log.BaseStream.Seek(startOfThisStart, SeekOrigin.Begin);
        var lines = log.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        // The very last line of a failed start is mostly "database system is shut down".
        return lines.LastOrDefault(line => line.Contains("FATAL:", StringComparison.Ordinal)) ?? lines.LastOrDefault();
    }
}
