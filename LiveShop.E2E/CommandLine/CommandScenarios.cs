using LiveShop.E2E.Harness;

namespace LiveShop.E2E.CommandLine;

[Collection(OwnProcesses.Name)]
public sealed class CommandScenarios(Chrome chrome) : Scenario(chrome)
{
    [Fact]
    public async Task Commands_that_cannot_be_carried_out_change_nothing_and_say_why_in_one_line()
    {
        var shop = await StartShopAsync();
        var store = await OpenStoreAsync(shop);
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file,
            """
            style_code,brand,name,colorway,retail_price_usd,release_date
            AB-1,Asler,Good,white,100,2020-01-31
            AB-2,Asler,Bad,white,a lot,2020-01-31
            """);

        AssertRefused(await shop.TryCommandAsync("release", "1", "77"), "There is no product 77.");
        AssertRefused(await shop.TryCommandAsync("reset"), "--yes");
        AssertRefused(await shop.TryCommandAsync("import", "/no/such/file.csv"), "/no/such/file.csv");
        var import = await shop.TryCommandAsync("import", file);
        Assert.Equal(1, import.ExitCode);
        Assert.Contains("row 3", import.Error, StringComparison.Ordinal);
        Assert.Contains("nothing was changed", import.Error, StringComparison.Ordinal);

        Assert.Equal(2, await store.ScalarAsync<long>("select count(*) from products"));
        File.Delete(file);
    }

    [Theory]
    [InlineData("--Shop:MaxItemsPerCart=0", "Shop:MaxItemsPerCart must be a whole number from 1 to 20, but is '0'.")]
    [InlineData("--Shop:StockLevels:LowBelow=many", "Shop:StockLevels:LowBelow")]
    public async Task A_setting_that_makes_no_sense_stops_the_start_with_one_line_that_names_the_key(string setting, string line)
    {
        AssertRefused(await ShopProcess.RunToEndAsync("--urls=http://127.0.0.1:0", setting), line);
    }

    [Fact]
    public async Task A_second_shop_on_the_same_data_directory_is_refused_with_one_line_and_harms_nobody()
    {
        var shop = await StartShopAsync(Backend.Embedded);

        AssertRefused(await shop.TryCommandAsync("--urls=http://127.0.0.1:0"), "");

        await shop.ReleaseAsync(1);
        var shopper = await NewShopperAsync(shop);
        await (await shopper.OpenStoreAsync()).AddAsync(await InStockAsync(shop));
    }

    private async Task<int> InStockAsync(ShopProcess shop) =>
        await (await OpenStoreAsync(shop)).ScalarAsync<int>("select min(item_id) from availabilities where available > 0");

    private static void AssertRefused(CommandResult result, string because)
    {
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(because, Assert.Single(result.Error.Trim().Split('\n')), StringComparison.Ordinal);
    }
}
