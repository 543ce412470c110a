using System.Globalization;
using System.Text.RegularExpressions;

namespace LiveShop.Web.Database;

/// <summary>One installed version of the server's programs.</summary>
internal sealed partial record PostgresBinaries(string Folder, int MajorVersion)
{
    private const string DebianFolder = "/usr/lib/postgresql";

    public string InitDb => Path.Combine(Folder, "initdb");

    public string PgCtl => Path.Combine(Folder, "pg_ctl");

    /// <summary>Every version found, the preferred one first.</summary>
    /// <param name="folders">Where to look; null for PATH and Debian's folders.</param>
    /// <exception cref="EmbeddedPostgresException">There is none.</exception>
    public static async Task<IReadOnlyList<PostgresBinaries>> FindAsync(IReadOnlyList<string>? folders, CancellationToken ct)
    {
        var found = new List<PostgresBinaries>();
        foreach (var folder in (folders ?? UsualFolders()).Distinct())
        {
            if (!File.Exists(Path.Combine(folder, "initdb")) || !File.Exists(Path.Combine(folder, "pg_ctl")))
                continue;

            var answer = await ChildProcess.RunAsync(Path.Combine(folder, "pg_ctl"), ["--version"], TimeSpan.FromSeconds(10), ct);
            if (VersionPattern().Match(answer.Output) is { Success: true } match)
                found.Add(new(folder, int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)));
        }

        return found.Count > 0
            ? found
            : throw new EmbeddedPostgresException("No PostgreSQL server is installed: apt-get install postgresql, or set ConnectionStrings:Postgres to one that runs elsewhere.");
    }

    /// <summary>The version that can run this cluster, which is the one that made it; the preferred one when there is no cluster yet.</summary>
    public static PostgresBinaries Choose(IReadOnlyList<PostgresBinaries> installed, string cluster)
    {
        var versionFile = Path.Combine(cluster, "PG_VERSION");
        if (!File.Exists(versionFile))
            return installed[0];

        var version = File.ReadAllText(versionFile).Trim();
        return installed.FirstOrDefault(binaries => binaries.MajorVersion.ToString(CultureInfo.InvariantCulture) == version)
            ?? throw new EmbeddedPostgresException(
                $"{cluster} was made by PostgreSQL {version}, and only {string.Join(", ", installed.Select(binaries => binaries.MajorVersion))} is installed: apt-get install postgresql-{version}, or give Shop:DataDirectory another folder.");
    }

    private static IEnumerable<string> UsualFolders()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Where(Path.IsPathRooted);
        var debian = Directory.Exists(DebianFolder)
            ? Directory.GetDirectories(DebianFolder)
                .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0)
                .Select(folder => Path.Combine(folder, "bin"))
            : [];
        return path.Concat(debian);
    }

    [GeneratedRegex(@"\(PostgreSQL\) (\d+)")]
    private static partial Regex VersionPattern();
}
