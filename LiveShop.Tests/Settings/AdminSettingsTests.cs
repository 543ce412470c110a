using LiveShop.Web.Settings;
using Microsoft.Extensions.Configuration;

namespace LiveShop.Tests;

public sealed class AdminSettingsTests
{
    [Fact]
    public void In_development_the_first_operator_is_known_to_everybody() =>
        Assert.Equal(new AdminSettings("admin", "password", RefusesDevelopmentPassword: false), Read(isDevelopment: true));

    [Fact]
    public void In_production_there_is_none_unless_the_settings_name_one()
    {
        Assert.Equal(new AdminSettings("admin", null, RefusesDevelopmentPassword: true), Read());
        Assert.Equal(
            new AdminSettings("ana", "correct horse", RefusesDevelopmentPassword: true),
            Read(settings: [("Admin:UserName", "ana"), ("Admin:Password", "correct horse")]));
    }

    [Fact]
    public void Production_refuses_the_development_password() => Assert.Equal(
        "Admin:Password must be other than the development password, but is '…'.",
        Assert.Throws<SettingException>(() => Read(settings: ("Admin:Password", "password"))).Message);

    [Theory]
    [InlineData("Admin:Password", "seven77", "8 to 100 characters")]
    [InlineData("Admin:UserName", "a b", "letters, digits and any of -._@+")]
    public void What_makes_no_sense_is_refused(string key, string value, string mustBe) =>
        Assert.Contains($"{key} must be {mustBe}", Assert.Throws<SettingException>(() => Read(settings: (key, value))).Message);

    private static AdminSettings Read(bool isDevelopment = false, params (string Key, string Value)[] settings) => AdminSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build(), isDevelopment);
}
