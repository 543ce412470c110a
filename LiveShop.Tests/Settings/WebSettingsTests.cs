using LiveShop.Domain;
using LiveShop.Web.Settings;
using Microsoft.Extensions.Configuration;

namespace LiveShop.Tests;

public sealed class WebSettingsTests
{
    [Fact]
    public void With_nothing_set_the_defaults_are_those_of_the_specification() => Assert.Equal(
        new WebSettings("Sneakers23", "/srv/shop/data", Postgres: null, Redis: null, RequestsPerShopper: 5, new ShopSettings(MaxItemsPerCart: 4, new StockLevels(LowBelow: 150, MediumBelow: 500))),
        Read());

    [Fact]
    public void Every_setting_is_read() => Assert.Equal(
        new WebSettings("Drop 1", "/var/lib/shop", "Host=db;Database=shop", "cache:6380,ssl=true", RequestsPerShopper: 7, new ShopSettings(MaxItemsPerCart: 9, new StockLevels(LowBelow: 10, MediumBelow: 20)), CircuitSeconds: 60),
        Read(
            ("Shop:Name", "Drop 1"),
            ("Shop:DataDirectory", "/var/lib/shop"),
            ("ConnectionStrings:Postgres", "Host=db;Database=shop"),
            ("ConnectionStrings:Redis", "cache:6380,ssl=true"),
            ("Shop:RequestsPerShopper", "7"),
            ("Shop:MaxItemsPerCart", "9"),
            ("Shop:StockLevels:LowBelow", "10"),
            ("Shop:StockLevels:MediumBelow", "20"),
            ("Shop:CircuitSeconds", "60")));

    [Theory]
    [InlineData("Shop:Name")]
    [InlineData("Shop:DataDirectory")]
    [InlineData("ConnectionStrings:Postgres")]
    [InlineData("ConnectionStrings:Redis")]
    [InlineData("Shop:RequestsPerShopper")]
    [InlineData("Shop:MaxItemsPerCart")]
    [InlineData("Shop:StockLevels:LowBelow")]
    [InlineData("Shop:StockLevels:MediumBelow")]
    [InlineData("Shop:CircuitSeconds")]
    [InlineData("urls")]
    public void Set_to_nothing_is_not_set(string key) => Assert.Equal(Read(), Read((key, "")));

    [Theory]
    [InlineData("Shop:MaxItemsPerCart", 1, 20)]
    [InlineData("Shop:RequestsPerShopper", 1, 100)]
    [InlineData("Shop:StockLevels:LowBelow", 1, 1_000_000)]
    [InlineData("Shop:StockLevels:MediumBelow", 150, 1_000_000)]
    [InlineData("Shop:CircuitSeconds", 1, 3600)]
    public void A_number_may_be_anything_within_its_limits_and_nothing_beyond(string key, int least, int most)
    {
        foreach (var fine in new[] { least, most }) Read((key, $"{fine}"));
        foreach (var wrong in new[] { $"{least - 1}", $"{most + 1}", "-1", "four", "1.5", "99999999999" })
        {
            Assert.Equal($"{key} must be a whole number from {least} to {most}, but is '{wrong}'.", Refusal((key, wrong)));
        }
    }

    [Fact]
    public void Medium_does_not_end_before_low_does()
    {
        Assert.Equal(
            "Shop:StockLevels:MediumBelow must be a whole number from 200 to 1000000, but is '199'.",
            Refusal(("Shop:StockLevels:LowBelow", "200"), ("Shop:StockLevels:MediumBelow", "199")));
        Assert.Equal(new StockLevels(LowBelow: 700, MediumBelow: 700), Read(("Shop:StockLevels:LowBelow", "700")).Shop.StockLevels);
    }

    [Fact]
    public void The_name_is_one_line_of_up_to_40_characters()
    {
        Assert.Equal(new string('x', 40), Read(("Shop:Name", new string('x', 40))).Name);
        foreach (var wrong in new[] { new string('x', 41), "  ", "two\nlines" })
        {
            Assert.Equal($"Shop:Name must be a text of 1 to 40 characters, but is '{wrong}'.", Refusal(("Shop:Name", wrong)));
        }
    }

    [Theory]
    [InlineData("/var/lib/shop", "/var/lib/shop")]
    [InlineData("elsewhere", "/srv/shop/elsewhere")]
    [InlineData("../elsewhere", "/srv/elsewhere")]
    public void The_data_directory_is_meant_from_the_content_root(string given, string meant) => Assert.Equal(meant, Read(("Shop:DataDirectory", given)).DataDirectory);

    [Theory]
    [InlineData("Username=shop;Password=Secret7")]
    [InlineData("Host=db;Password=Secret7;Port=many")]
    [InlineData("Host=db;Password=ab;Secret7=c")]
    [InlineData("Host=db;Password=\"Secret7")]
    [InlineData("postgres://shop:Secret7@db/shop")]
    [InlineData("postgres://shop:Secret7@db/shop?sslmode=require")]
    [InlineData("Username=shop;SSL Password=Secret7")]
    [InlineData("Secret7")]
    public void A_connection_string_that_makes_no_sense_is_refused_without_showing_its_password(string value) => Assert.Equal(
        "ConnectionStrings:Postgres must be a PostgreSQL connection string such as Host=localhost;Database=shop;Username=shop, but is '…'.",
        Refusal(("ConnectionStrings:Postgres", value)));

    [Theory]
    [InlineData("http://localhost:5000")]
    [InlineData("http://*:80;http://[::1]:8080")]
    public void Addresses_to_listen_on_are_taken(string urls) => Assert.Equal(Read(), Read(("urls", urls)));

    [Theory]
    [InlineData("localhost:5000", "localhost:5000")]
    [InlineData("http://localhost:5000;nonsense", "nonsense")]
    public void An_address_that_makes_no_sense_is_refused(string urls, string wrong) =>
        Assert.Equal($"ASPNETCORE_URLS must be addresses such as http://localhost:5000, but is '{wrong}'.", Refusal(("urls", urls)));

    private static WebSettings Read(params (string Key, string Value)[] settings) => WebSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build(), contentRoot: "/srv/shop");

    private static string Refusal(params (string Key, string Value)[] settings) => Assert.Throws<SettingException>(() => Read(settings)).Message;
}
