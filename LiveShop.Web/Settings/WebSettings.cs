using LiveShop.Domain;
using Npgsql;
using StackExchange.Redis;

namespace LiveShop.Web.Settings;

/// <summary>Every setting of the shop with its key, default and range in one place.</summary>
/// <param name="Name"><c>Shop:Name</c>: title and heading, 1 to 40 characters.</param>
/// <param name="DataDirectory"><c>Shop:DataDirectory</c>: absolute; where the private database lives.</param>
/// <param name="Postgres"><c>ConnectionStrings:Postgres</c>; null when the shop is to start a private database.</param>
/// <param name="Redis"><c>ConnectionStrings:Redis</c>: of the cluster that this node joins; null for a node that is alone.</param>
/// <param name="RequestsPerShopper"><c>Shop:RequestsPerShopper</c>: how many of one shopper's clicks are carried out at once, 1 to 100.</param>
/// <param name="CircuitSeconds"><c>Shop:CircuitSeconds</c>: how long the circuit of a browser that is away is kept whole, 1 to 3600.</param>
internal sealed record WebSettings(string Name, string DataDirectory, string? Postgres, string? Redis, int RequestsPerShopper, ShopSettings Shop, int CircuitSeconds = WebSettings.DefaultCircuitSeconds)
{
    private const int DefaultCircuitSeconds = 180;

    /// <exception cref="SettingException">For the first setting that makes no sense.</exception>
    public static WebSettings Read(IConfiguration configuration, string contentRoot)
    {
        CheckAddresses(configuration);
        var lowBelow = Whole(configuration, "Shop:StockLevels:LowBelow", StockLevels.Default.LowBelow, 1, 1_000_000);
        return new WebSettings(
            Text(configuration, "Shop:Name", "Sneakers23", longest: 40),
            Path.GetFullPath(Text(configuration, "Shop:DataDirectory", "data", longest: 1000), contentRoot),
            ConnectionString(configuration),
            RedisAddress(configuration),
            Whole(configuration, "Shop:RequestsPerShopper", 5, 1, 100),
            new ShopSettings(
                Whole(configuration, "Shop:MaxItemsPerCart", ShopSettings.Default.MaxItemsPerCart, 1, 20),
                new StockLevels(lowBelow, Whole(configuration, "Shop:StockLevels:MediumBelow", Math.Max(StockLevels.Default.MediumBelow, lowBelow), lowBelow, 1_000_000))),
            Whole(configuration, "Shop:CircuitSeconds", DefaultCircuitSeconds, 1, 3600));
    }

    private static void CheckAddresses(IConfiguration configuration)
    {
        foreach (var address in (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!IsAddress(address)) throw new SettingException("ASPNETCORE_URLS", "addresses such as http://localhost:5000", address);
        }
    }

    private static bool IsAddress(string address)
    {
        try
        {
            return BindingAddress.Parse(address).Port is >= 0 and <= 65535;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    internal static int Whole(IConfiguration configuration, string key, int fallback, int least, int most)
    {
        var value = configuration[key];
        if (string.IsNullOrEmpty(value)) return fallback;
        return int.TryParse(value, out var number) && number >= least && number <= most
            ? number
            : throw new SettingException(key, $"a whole number from {least} to {most}", value);
    }

    internal static string Text(IConfiguration configuration, string key, string fallback, int longest)
    {
        var value = configuration[key];
        if (string.IsNullOrEmpty(value)) return fallback;
        return value.Length <= longest && !string.IsNullOrWhiteSpace(value) && !value.Any(char.IsControl)
            ? value
            : throw new SettingException(key, $"a text of 1 to {longest} characters", value);
    }

    internal static bool Flag(IConfiguration configuration, string key, bool fallback)
    {
        var value = configuration[key];
        if (string.IsNullOrEmpty(value)) return fallback;
        return bool.TryParse(value, out var flag) ? flag : throw new SettingException(key, "true or false", value);
    }

    private static string? ConnectionString(IConfiguration configuration)
    {
        const string Key = "ConnectionStrings:Postgres";
        var value = configuration[Key];
        if (string.IsNullOrWhiteSpace(value)) return null;
        try
        {
            if (!string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(value).Host)) return value;
        }
        catch (ArgumentException)
        {
        }
        // Neither the value nor Npgsql's words on it are shown: the part that is not understood may be a password.
        throw new SettingException(Key, "a PostgreSQL connection string such as Host=localhost;Database=shop;Username=shop", "…");
    }

    private static string? RedisAddress(IConfiguration configuration)
    {
        const string Key = "ConnectionStrings:Redis";
        var value = configuration[Key];
        if (string.IsNullOrWhiteSpace(value)) return null;
        try
        {
            if (ConfigurationOptions.Parse(value).EndPoints.Count > 0) return value;
        }
        catch (ArgumentException)
        {
        }
        // Not shown, as above.
        throw new SettingException(Key, "an address of Redis such as localhost:6379", "…");
    }
}
