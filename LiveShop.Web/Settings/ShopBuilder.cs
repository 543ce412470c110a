using LiveShop.Web.Engine;

namespace LiveShop.Web.Settings;

internal static class ShopBuilder
{
    /// <summary>Kestrel's own, which it no longer uses when it is told of another.</summary>
    private const string DefaultAddress = "http://localhost:5000";

    /// <summary>
    /// The framework's builder, which finds the shop's own files wherever it is started from: beside the executable, unless the
    /// working directory or a setting has them.
    /// </summary>
    public static WebApplicationBuilder Create(string[] args)
    {
        var given = new ConfigurationBuilder().AddEnvironmentVariables("ASPNETCORE_").AddCommandLine(args).Build()[WebHostDefaults.ContentRootKey];
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = given ?? (File.Exists("appsettings.json") ? null : AppContext.BaseDirectory),
        });
        // For machines; in development for eyes.
        if (!builder.Environment.IsDevelopment()) builder.Logging.AddJsonConsole(console => console.IncludeScopes = true);
        var boost = new LogBoost(TimeProvider.System);
        builder.Services.AddSingleton(boost);
        builder.Configuration.Sources.Add(boost);
        return builder;
    }

    /// <summary>Reads and checks all settings at once, so that one that makes no sense stops the start.</summary>
    /// <exception cref="SettingException"/>
    public static WebSettings AddSettings(this IHostApplicationBuilder builder)
    {
        var settings = WebSettings.Read(builder.Configuration, builder.Environment.ContentRootPath);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(AdminSettings.Read(builder.Configuration, builder.Environment.IsDevelopment()));
        builder.Services.AddSingleton(ProxySettings.Read(builder.Configuration));
        var metrics = MetricsSettings.Read(builder.Configuration);
        builder.Services.AddSingleton(metrics);
        if (metrics.ManagementPort is { } port) builder.Configuration["urls"] = WithManagementPort(builder.Configuration, port);
        builder.Services.AddSingleton(MailSettings.Read(
            builder.Configuration, builder.Environment.IsDevelopment(), settings.DataDirectory, builder.Environment.ContentRootPath));
        return settings;
    }

    /// <summary>The addresses that Kestrel would listen on without the management port, and that port on all of them.</summary>
    private static string WithManagementPort(IConfiguration configuration, int port)
    {
        if (configuration.GetSection("Kestrel:Endpoints").GetChildren().Any())
        {
            throw new SettingException("Management:Port", "left out where Kestrel:Endpoints says what to listen on", $"{port}");
        }
        string[] addresses = [.. Listed("urls")];
        if (addresses is []) addresses = [.. Listed("http_ports").Select(given => $"http://*:{given}"), .. Listed("https_ports").Select(given => $"https://*:{given}")];
        if (addresses is []) addresses = [DefaultAddress];
        return addresses.Any(address => BindingAddress.Parse(address).Port == port)
            ? throw new SettingException("Management:Port", "another port than the shop's", $"{port}")
            : string.Join(';', [.. addresses, $"http://*:{port}"]);

        string[] Listed(string key) => (configuration[key] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries);
    }
}
