using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Shopper;

namespace LiveShop.Tests;

public sealed class DraftKeeperTests(PostgresServer postgres) : ShopTests(postgres)
{
    [Fact]
    public async Task What_is_typed_is_stored()
    {
        var (node, cart) = await NewCartAsync();
        var drafts = new DraftKeeper(node.Checkout, cart.Id);

        drafts.Keep(Some.Delivery);

        await Eventually.TrueAsync(async () => await node.Checkout.FindDraftAsync(cart.Id) == Some.Delivery);
    }

    [Fact]
    public async Task It_is_stored_as_it_was_then_whatever_becomes_of_the_form_meanwhile()
    {
        var (node, cart) = await NewCartAsync();
        var drafts = new DraftKeeper(node.Checkout, cart.Id);
        var form = Some.Delivery;

        drafts.Keep(form);
        form.City = "changed, but never kept";

        await Eventually.TrueAsync(async () => await node.Checkout.FindDraftAsync(cart.Id) is { City: not "" });
        Assert.Equal("Lisboa", (await node.Checkout.FindDraftAsync(cart.Id))?.City);
    }

    [Fact]
    public async Task One_save_runs_at_a_time_and_then_the_last_text_alone()
    {
        var (node, cart) = await NewCartAsync();
        var drafts = new DraftKeeper(node.Checkout, cart.Id);
        await Database.ExecuteAsync(
            """
            create table saved (id int generated always as identity, city text);
            create function note_saved() returns trigger language plpgsql as $$ begin insert into saved (city) values (new.city); return new; end $$;
            create trigger note_saved after insert or update on checkout_drafts for each row execute function note_saved();
            """);
        await using var other = await Database.OpenSessionAsync();
        await other.ExecuteAsync("begin; lock table checkout_drafts");

        drafts.Keep(Some.Delivery with { City = "P" });
        await Database.UntilSomebodyWaitsForALockAsync();
        foreach (var typed in new[] { "Po", "Por", "Port", "Porto" }) drafts.Keep(Some.Delivery with { City = typed });
        Assert.Equal(1, await Database.ReadAsync<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"));
        await other.ExecuteAsync("commit");

        await Eventually.TrueAsync(async () => (await node.Checkout.FindDraftAsync(cart.Id))?.City == "Porto");
        Assert.Equal(["P", "Porto"], await Database.ReadAllAsync<string>("select city from saved order by id"));
    }

    [Fact]
    public async Task Typed_while_the_database_is_away_it_is_stored_with_the_next_keystroke()
    {
        await using var link = new DatabaseLink(Database);
        var node = NewNode(connectionString: link.ConnectionString);
        var cart = await node.FillCartAsync(await node.AddItemAsync(stock: 1));
        var drafts = new DraftKeeper(node.Checkout, cart.Id);

        link.Cut();
        drafts.Keep(Some.Delivery with { City = "Port" });
        Assert.False(await node.Checkout.SaveDraftAsync(cart.Id, Some.Delivery));
        link.Mend();
        drafts.Keep(Some.Delivery with { City = "Porto" });

        await Eventually.TrueAsync(async () => (await node.Checkout.FindDraftAsync(cart.Id))?.City == "Porto");
    }

    [Fact]
    public async Task Text_that_the_database_cannot_take_does_not_end_the_keeping()
    {
        var (node, cart) = await NewCartAsync();
        var drafts = new DraftKeeper(node.Checkout, cart.Id);

        drafts.Keep(Some.Delivery with { City = "half a character: \ud83d" });
        drafts.Keep(Some.Delivery with { City = "Porto" });

        await Eventually.TrueAsync(async () => (await node.Checkout.FindDraftAsync(cart.Id))?.City == "Porto");
    }

    [Fact]
    public async Task Nor_does_a_save_that_the_database_refuses()
    {
        var (node, cart) = await NewCartAsync();
        var drafts = new DraftKeeper(node.Checkout, cart.Id);
        await Database.ExecuteAsync(
            """
            create sequence refused;
            create function refuse_city() returns trigger language plpgsql as $$ begin perform nextval('refused'); raise 'refused'; end $$;
            create trigger refuse_city before insert on checkout_drafts for each row when (new.city = 'refused') execute function refuse_city();
            """);

        drafts.Keep(Some.Delivery with { City = "refused" });
        await Eventually.TrueAsync(async () => await Database.ReadAsync<bool>("select is_called from refused"));

        await Eventually.TrueAsync(async () =>
        {
            drafts.Keep(Some.Delivery with { City = "Porto" });
            return await node.Checkout.FindDraftAsync(cart.Id) is { City: "Porto" };
        });
    }

    private async Task<(ShopNode Node, Cart Cart)> NewCartAsync()
    {
        var node = NewNode();
        return (node, await node.FillCartAsync(await node.AddItemAsync(stock: 1)));
    }
}
