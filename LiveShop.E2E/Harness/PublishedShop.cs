namespace LiveShop.E2E.Harness;

/// <summary>The published output that all scenarios run against.</summary>
internal static class PublishedShop
{
    /// <summary>Full path of the repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Full path of the executable.</summary>
    public static string Executable { get; } = FindExecutable();

    private static string FindRoot()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "LiveShop.sln"))) root = root.Parent;
        return root!.FullName;
    }

    private static string FindExecutable()
    {
        var executable = Path.Combine(Root, ".artifacts", "shop", "LiveShop.Web");
        return File.Exists(executable)
            ? executable
            : throw new InvalidOperationException($"{executable} is missing: run infra/test.sh, or dotnet publish LiveShop.Web -c Release -o .artifacts/shop");
    }
}
