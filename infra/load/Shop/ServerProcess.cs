using System.Globalization;

namespace LiveShop.Load;

/// <summary>What Linux says of the shop's process.</summary>
internal sealed class ServerProcess(int processId)
{
    /// <summary>Clock ticks of /proc a second, on every Linux that .NET runs on.</summary>
    private const double Ticks = 100;

    private static readonly string[] SocketTables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>User and system time so far; null when the process is gone.</summary>
    public TimeSpan? Cpu
    {
        get
        {
            // The name in parentheses may hold anything; what follows it is numbers.
            if (Read("stat") is not { } stat) return null;
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return TimeSpan.FromSeconds((Number(fields[11]) + Number(fields[12])) / Ticks);
        }
    }

    /// <summary>Resident memory in bytes; 0 when the process is gone.</summary>
    public long Memory
    {
        get
        {
            var line = Read("status")?.Split('\n').FirstOrDefault(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
            return line is null ? 0 : Number(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * 1024;
        }
    }

    /// <summary>The process that listens on the port of this machine; null when it cannot be told.</summary>
    public static ServerProcess? ListeningOn(int port)
    {
        var inodes = SocketTables.Where(File.Exists).SelectMany(File.ReadLines).Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length > 9 && fields[3] == "0A" && fields[1].EndsWith($":{port:X4}", StringComparison.Ordinal))
            .Select(fields => $"socket:[{fields[9]}]").ToHashSet();
        if (inodes.Count == 0) return null;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id)) continue;
            try
            {
                if (Directory.EnumerateFiles(Path.Combine(folder, "fd")).Any(file => File.ResolveLinkTarget(file, false) is { } to && inodes.Contains(to.Name))) return new ServerProcess(id);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Gone meanwhile, or somebody else's.
            }
        }
        return null;
    }

    private string? Read(string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/{file}");
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
