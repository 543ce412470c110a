using LiveShop.Load;

namespace LiveShop.Tests.Load;

public sealed class LoopbackTests
{
    [Theory]
    [InlineData("http://localhost:5000")]
    [InlineData("http://127.0.0.1:5000/")]
    [InlineData("http://[::1]:5000")]
    public void This_machine_may_be_loaded(string url) => Loopback.Check(new Uri(url), null, null);

    [Theory]
    [InlineData("http://shop.example", null, null)]
    [InlineData("http://shop.example", "shop.example", null)]
    [InlineData("http://shop.example", null, "shop.example")]
    [InlineData("http://shop.example", "other.example", "shop.example")]
    [InlineData("http://localhost.example", null, null)]
    [InlineData("http://192.168.0.7", null, null)]
    [InlineData("ftp://localhost", null, null)]
    public void Another_machine_is_refused_unless_it_is_named_twice(string url, string? onCommandLine, string? inEnvironment) =>
        Assert.Throws<LoadRefusedException>(() => Loopback.Check(new Uri(url), onCommandLine, inEnvironment));

    [Fact]
    public void Another_machine_that_is_named_twice_may_be_loaded() => Loopback.Check(new Uri("http://shop.example"), "shop.example", "shop.example");

    [Theory]
    [InlineData("Host=/tmp/some/folder;Database=shop")]
    [InlineData("Host=localhost;Database=shop")]
    [InlineData("Host=127.0.0.1,localhost:5433;Database=shop")]
    public void So_may_a_database_on_this_machine(string connectionString)
    {
        foreach (var host in StoreDatabase.HostsOf(connectionString)) Loopback.CheckHost(host, null, null);
    }

    [Theory]
    [InlineData("Host=db.example;Database=shop")]
    [InlineData("Host=localhost,db.example:5433;Database=shop")]
    public void A_database_elsewhere_is_refused_like_a_shop(string connectionString) => Assert.Throws<LoadRefusedException>(() =>
    {
        foreach (var host in StoreDatabase.HostsOf(connectionString)) Loopback.CheckHost(host, null, null);
    });
}
