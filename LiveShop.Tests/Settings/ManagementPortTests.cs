using LiveShop.Web.Settings;

namespace LiveShop.Tests;

/// <summary>Where a shop with a management port listens.</summary>
public sealed class ManagementPortTests
{
    [Theory]
    [InlineData("http://localhost:5000;http://*:9090")]
    [InlineData("http://*:8080;http://*:9090", "--http_ports=8080")]
    [InlineData("http://*:8080;https://*:8443;http://*:9090", "--http_ports=8080", "--https_ports=8443")]
    [InlineData("http://+:80;http://*:9090", "--urls=http://+:80", "--http_ports=8080")]
    [InlineData("http://localhost:5000;http://*:9090", "--urls=http://localhost:5000;")]
    public void The_port_comes_beside_the_addresses_that_the_shop_has_without_it(string addresses, params string[] settings)
    {
        var builder = ShopBuilder.Create([.. settings, "--Management:Port=9090"]);

        builder.AddSettings();

        Assert.Equal(addresses, builder.Configuration["urls"]);
    }

    [Fact]
    public void It_cannot_be_the_shops_own()
    {
        var builder = ShopBuilder.Create(["--urls=http://localhost:5000", "--Management:Port=5000"]);

        Assert.Equal("Management:Port must be another port than the shop's, but is '5000'.", Assert.Throws<SettingException>(() => builder.AddSettings()).Message);
    }

    [Fact]
    public void It_cannot_be_added_to_what_only_kestrels_own_section_says()
    {
        var builder = ShopBuilder.Create(["--Kestrel:Endpoints:Shop:Url=http://localhost:5000", "--Management:Port=9090"]);

        Assert.StartsWith("Management:Port must be left out", Assert.Throws<SettingException>(() => builder.AddSettings()).Message, StringComparison.Ordinal);
    }
}
