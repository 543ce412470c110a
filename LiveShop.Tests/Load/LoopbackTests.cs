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
}
