namespace LiveShop.Web.Commands;

/// <summary>Parts settings such as <c>--Shop:Name=Shop</c> or <c>--ConnectionStrings:Postgres …</c> from a command's own words. A setting has a colon in its name.</summary>
internal static class SettingArguments
{
    public static (string[] Words, string[] Settings) Split(string[] args)
    {
        var words = new List<string>();
        var settings = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            var name = args[i].Split('=')[0];
            if (!name.StartsWith("--", StringComparison.Ordinal) || !name.Contains(':'))
            {
                words.Add(args[i]);
                continue;
            }
            settings.Add(args[i]);
            if (name == args[i] && i + 1 < args.Length) settings.Add(args[++i]);
        }
        return ([.. words], [.. settings]);
    }
}
