namespace LiveShop.Web.Settings;

internal static class SettingsServices
{
    /// <summary>Reads and checks all settings at once, so that one that makes no sense stops the start.</summary>
    /// <exception cref="SettingException"/>
    public static WebSettings AddSettings(this IHostApplicationBuilder builder)
    {
        var settings = WebSettings.Read(builder.Configuration, builder.Environment.ContentRootPath);
        builder.Services.AddSingleton(settings);
        return settings;
    }
}
