namespace LiveShop.Web.Settings;

/// <summary>The operator that a new shop begins with.</summary>
/// <param name="UserName"><c>Admin:UserName</c>, default <c>admin</c>.</param>
/// <param name="Password"><c>Admin:Password</c>; null creates no operator. In development the default is the one that everybody knows.</param>
/// <param name="RefusesDevelopmentPassword">In production, and in whatever else is not development.</param>
internal sealed record AdminSettings(string UserName, string? Password, bool RefusesDevelopmentPassword)
{
    public const string DevelopmentPassword = "password";
    public const int ShortestPassword = 8;
    public const int LongestPassword = 100;

    /// <exception cref="SettingException">For the first setting that makes no sense.</exception>
    public static AdminSettings Read(IConfiguration configuration, bool isDevelopment)
    {
        var userName = WebSettings.Text(configuration, "Admin:UserName", "admin", longest: 60);
        if (!userName.All(letter => char.IsAsciiLetterOrDigit(letter) || "-._@+".Contains(letter)))
        {
            throw new SettingException("Admin:UserName", "letters, digits and any of -._@+", userName);
        }
        return new AdminSettings(userName, PasswordOf(configuration["Admin:Password"], isDevelopment), !isDevelopment);
    }

    /// <summary>The value is never shown.</summary>
    private static string? PasswordOf(string? given, bool isDevelopment)
    {
        const string Key = "Admin:Password";
        if (string.IsNullOrEmpty(given)) return isDevelopment ? DevelopmentPassword : null;
        if (given.Length is < ShortestPassword or > LongestPassword) throw new SettingException(Key, $"{ShortestPassword} to {LongestPassword} characters", "…");
        if (!isDevelopment && given == DevelopmentPassword) throw new SettingException(Key, "other than the development password", "…");
        return given;
    }
}
