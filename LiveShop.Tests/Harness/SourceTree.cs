namespace LiveShop.Tests.Harness;

/// <summary>The files of the repository that this was built from.</summary>
internal static class SourceTree
{
    private static readonly string[] NotOurs = ["bin", "obj", "data", "_framework"];

    private static readonly string Root = Find();

    /// <summary>Paths from the root, of files with one of these extensions; what builds and runs leave behind is not among them.</summary>
    public static IReadOnlyList<string> Files(string project, params string[] extensions)
    {
        var files = Directory.EnumerateFiles(Path.Combine(Root, project), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path))
            .Where(path => extensions.Contains(Path.GetExtension(path)) && !path.Split('/').Any(NotOurs.Contains));
        return [.. files];
    }

    public static string PathOf(string path) => Path.Combine(Root, path);

    public static string Read(string path) => File.ReadAllText(PathOf(path));

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "LiveShop.sln")))
        {
            directory = directory.Parent ?? throw new DirectoryNotFoundException($"No LiveShop.sln above {AppContext.BaseDirectory}.");
        }
        return directory.FullName;
    }
}
