namespace LiveShop.Load;

/// <summary>Named, because the tests that see it see the shop's Program too.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => LoadCommands.RunAsync(args);
}
