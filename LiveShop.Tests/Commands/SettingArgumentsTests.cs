using LiveShop.Web.Commands;

namespace LiveShop.Tests;

public sealed class SettingArgumentsTests
{
    [Theory]
    [InlineData("release 1 2", "release 1 2", "")]
    [InlineData("sell-out --delay-ms 0", "sell-out --delay-ms 0", "")]
    [InlineData("migrate --Shop:Name=Drop", "migrate", "--Shop:Name=Drop")]
    [InlineData("migrate --ConnectionStrings:Postgres Host=db", "migrate", "--ConnectionStrings:Postgres Host=db")]
    [InlineData("--Shop:Name=Drop reset --yes", "reset --yes", "--Shop:Name=Drop")]
    [InlineData("import --Shop:MaxItemsPerCart 4 a.csv --stock 5 --Shop:Name=Drop", "import a.csv --stock 5", "--Shop:MaxItemsPerCart 4 --Shop:Name=Drop")]
    [InlineData("import C:/a:b.csv", "import C:/a:b.csv", "")]
    [InlineData("import --stock=5:6", "import --stock=5:6", "")]
    [InlineData("migrate --Shop:Name", "migrate", "--Shop:Name")]
    [InlineData("", "", "")]
    public void What_has_a_colon_in_its_name_is_a_setting_and_the_rest_is_the_commands(string given, string words, string settings) =>
        Assert.Equal((words, settings), Joined(SettingArguments.Split(given.Split(' ', StringSplitOptions.RemoveEmptyEntries))));

    private static (string, string) Joined((string[] Words, string[] Settings) parted) => (string.Join(' ', parted.Words), string.Join(' ', parted.Settings));
}
