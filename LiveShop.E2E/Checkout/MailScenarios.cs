using LiveShop.E2E.Harness;
using LiveShop.Load;
using LiveShop.Tests.Harness;

namespace LiveShop.E2E.Checkout;

[Collection(OwnProcesses.Name)]
public sealed class MailScenarios(Chrome chrome) : Scenario(chrome)
{
    [Fact]
    public async Task A_shop_without_a_mail_server_writes_the_confirmation_into_its_folder()
    {
        var folder = Directory.CreateTempSubdirectory("liveshop-mail-");
        var shop = await StartShopAsync(Backend.Embedded, $"--Mail:Folder={folder.FullName}");

        var number = await BuyAsync(shop);

        await Eventually.EqualAsync(1, () => folder.GetFiles("*.eml").Length);
        var mail = new TakenMail("", await File.ReadAllBytesAsync(Path.Combine(folder.FullName, $"{number}.confirmation.eml")));
        Assert.Equal("ana@example.org", mail.Header("To"));
        Assert.Contains("Hop Man 3, size 6: $120\r\nTotal: $120", mail.Body, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_shop_that_dies_after_an_order_while_no_mail_server_is_there_sends_the_confirmation_once_when_both_are_back()
    {
        var port = Ports.Free();
        var shop = await StartShopAsync(Backend.Postgres, "--Mail:Smtp:Host=127.0.0.1", $"--Mail:Smtp:Port={port}");

        var number = await BuyAsync(shop);
        await shop.KillAsync();
        var server = Keep(new SmtpSink(port));
        await shop.StartAgainAsync();

        var store = await OpenStoreAsync(shop);
        // A node that died in an attempt has the mail until its lease of two minutes ends, which is now.
        await store.ScalarAsync<long>("with ended as (update emails set next_attempt_at = now() where sent_at is null returning 1) select count(*) from ended");
        await Eventually.EqualAsync(1, () => store.ScalarAsync<long>("select count(*) from emails where sent_at is not null"), within: 60);
        Assert.Equal($"<{number}.confirmation@localhost>", Assert.Single(server.Taken).Header("Message-ID"));
    }

    /// <summary>Buys one pair and returns the order's number.</summary>
    private async Task<string> BuyAsync(ShopProcess shop)
    {
        await shop.ReleaseAsync(1);
        await using (var store = await shop.OpenStoreAsync()) await store.SetEveryAvailabilityAsync(300);
        var shopper = await NewShopperAsync(shop);
        await (await shopper.OpenStoreAsync()).AddAsync(1);
        var tab = await shopper.OpenCheckoutAsync();
        await tab.FillDeliveryAsync();
        await tab.PlaceOrder().ClickAsync();
        await Expect(tab.OrderNumber()).ToBeVisibleAsync();
        return await tab.OrderNumber().InnerTextAsync();
    }
}
