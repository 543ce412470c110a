using LiveShop.Web.Commands;

namespace LiveShop.Tests;

public sealed class ShopCommandsTests
{
    [Theory]
    [InlineData("migrate")]
    [InlineData("reset --yes")]
    [InlineData("no-such-command")]
    [InlineData("migrate --Shop:Name=Drop")]
    [InlineData("--Shop:Name=Drop migrate")]
    [InlineData("--ConnectionStrings:Postgres Host=db reset --yes")]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("-?")]
    [InlineData("--version")]
    public void A_command_is_asked_for(string arguments) => Assert.True(ShopCommands.AreIn(arguments.Split(' ')));

    [Theory]
    [InlineData("")]
    [InlineData("--Shop:Name=Drop")]
    [InlineData("--Shop:Name Drop")]
    [InlineData("--urls http://localhost:5000")]
    [InlineData("--urls=http://localhost:5000 --environment Production")]
    [InlineData("--contentRoot /srv/shop --Shop:Name=Drop")]
    public void The_shop_is_asked_for(string arguments) => Assert.False(ShopCommands.AreIn(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
}
