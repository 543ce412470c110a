using System.Net;
using LiveShop.Web.Settings;
using Microsoft.Extensions.Configuration;

namespace LiveShop.Tests;

public sealed class ProxySettingsTests
{
    [Fact]
    public void By_default_this_machine_is_trusted_and_the_shop_has_the_host_to_itself()
    {
        var settings = Read();

        Assert.Equal(["127.0.0.0/8", "::1/128"], settings.Trusted.Select(network => network.ToString()));
        Assert.Equal("/", settings.Root);
        Assert.Empty(settings.AllowedOrigins);
    }

    [Theory]
    [InlineData("10.0.0.7", "10.0.0.7/32")]
    [InlineData("10.0.0.0/8, 2001:db8::1", "10.0.0.0/8 2001:db8::1/128")]
    [InlineData("fd00::/8;192.168.1.1", "fd00::/8 192.168.1.1/32")]
    [InlineData("none", "")]
    public void Trusted_are_addresses_and_networks(string value, string trusted) =>
        Assert.Equal(trusted, string.Join(' ', Read(("Proxy:Trusted", value)).Trusted));

    [Fact]
    public void A_list_may_have_a_key_for_each_value() => Assert.Equal(
        [IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("::1/128")], Read(("Proxy:Trusted:0", "10.0.0.0/8"), ("Proxy:Trusted:1", "::1")).Trusted);

    [Theory]
    [InlineData("/drops-shop/", "/drops-shop/")]
    [InlineData("/drops-shop", "/drops-shop/")]
    [InlineData("/a/b.c/", "/a/b.c/")]
    [InlineData("/", "/")]
    [InlineData("", "/")]
    public void The_path_base_may_end_with_a_slash(string value, string root) => Assert.Equal(root, Read(("Shop:PathBase", value)).Root);

    [Fact]
    public void Allowed_origins_are_a_list() => Assert.Equal(
        ["https://shop.example/", "http://10.0.0.7:8080/"], Read(("Shop:AllowedOrigins", "https://shop.example http://10.0.0.7:8080")).AllowedOrigins.Select(origin => origin.ToString()));

    [Theory]
    [InlineData("Proxy:Trusted", "10", "Proxy:Trusted must be addresses or networks such as 10.0.0.7 or 10.0.0.0/8, or none, but is '10'.")]
    [InlineData("Proxy:Trusted", "10.0.0.0/33", "Proxy:Trusted must be addresses or networks such as 10.0.0.7 or 10.0.0.0/8, or none, but is '10.0.0.0/33'.")]
    [InlineData("Proxy:Trusted", "10.0.0.1,haproxy", "Proxy:Trusted must be addresses or networks such as 10.0.0.7 or 10.0.0.0/8, or none, but is 'haproxy'.")]
    [InlineData("Shop:PathBase", "drops-shop", "Shop:PathBase must be a path such as /drops-shop/, but is 'drops-shop'.")]
    [InlineData("Shop:PathBase", "//elsewhere.example/", "Shop:PathBase must be a path such as /drops-shop/, but is '//elsewhere.example/'.")]
    [InlineData("Shop:PathBase", "/a/../b", "Shop:PathBase must be a path such as /drops-shop/, but is '/a/../b'.")]
    [InlineData("Shop:PathBase", "/a?b", "Shop:PathBase must be a path such as /drops-shop/, but is '/a?b'.")]
    [InlineData("Shop:AllowedOrigins", "shop.example", "Shop:AllowedOrigins must be origins such as https://shop.example, but is 'shop.example'.")]
    [InlineData("Shop:AllowedOrigins", "https://shop.example/path", "Shop:AllowedOrigins must be origins such as https://shop.example, but is 'https://shop.example/path'.")]
    [InlineData("Shop:AllowedOrigins", "*", "Shop:AllowedOrigins must be origins such as https://shop.example, but is '*'.")]
    public void Nonsense_stops_the_start_with_one_line(string key, string value, string line) =>
        Assert.Equal(line, Assert.Throws<SettingException>(() => Read((key, value))).Message);

    private static ProxySettings Read(params (string Key, string Value)[] settings) => ProxySettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value))).Build());
}
