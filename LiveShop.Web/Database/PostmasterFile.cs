using System.Globalization;

namespace LiveShop.Web.Database;

/// <summary>
/// What the running server wrote into <c>postmaster.pid</c> of its cluster: by line the process id, the cluster, the
/// start time, the port, the socket's folder and the address. The later lines appear while it starts.
/// </summary>
internal sealed record PostmasterFile(string File, int ProcessId, string Identity, int? Port, string? Host)
{
    /// <summary>Null when there is none, or the server has not written its first lines yet.</summary>
    public static PostmasterFile? Read(string cluster)
    {
        var file = Path.Combine(cluster, "postmaster.pid");
        try
        {
            var lines = System.IO.File.ReadAllLines(file);
            // A single-user server writes its process id negative.
            if (lines.Length < 3 || !int.TryParse(lines[0], CultureInfo.InvariantCulture, out var id))
                return null;

            var port = int.TryParse(lines.ElementAtOrDefault(3), CultureInfo.InvariantCulture, out var number) ? number : (int?)null;
            return new(file, Math.Abs(id), IdentityOf(lines), port, HostOf(lines.ElementAtOrDefault(4), lines.ElementAtOrDefault(5)));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Whether any process has this id now; for one that has ended, PostgreSQL sees by itself that the file is stale.</summary>
    public bool ProcessExists => Directory.Exists($"/proc/{ProcessId}");

    /// <summary>Whether the process is this cluster's server, not one that got the same id after a crash of the machine.</summary>
    public bool IsRunning()
    {
        try
        {
            // "4711 (postgres) S 1 …"
            var stat = System.IO.File.ReadAllText($"/proc/{ProcessId}/stat");
            var (open, close) = (stat.IndexOf('('), stat.LastIndexOf(')'));
            if (stat[(open + 1)..close] is not ("postgres" or "postmaster") || stat[close + 2] is 'Z' or 'X')
                return false;

            // A server works in its cluster's folder, so another cluster's server shows a file of its own there.
            return IdentityOf(System.IO.File.ReadAllLines($"/proc/{ProcessId}/cwd/postmaster.pid")) == Identity;
        }
        catch (UnauthorizedAccessException)
        {
            // Root in a container may not look into other users' processes. A server is never doubted into a second start.
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static string IdentityOf(string[] lines) => string.Join('\n', lines.Take(3));

    private static string? HostOf(string? socketFolder, string? address) => (socketFolder, address) switch
    {
        ({ Length: > 0 }, _) => socketFolder,
        (_, "*" or "0.0.0.0") => "127.0.0.1",
        (_, { Length: > 0 }) => address,
        _ => null,
    };
}
