using System.Net;
using System.Text.RegularExpressions;
using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Admin;

namespace LiveShop.Tests;

public sealed partial class OrderExportTests(PostgresServer postgres) : HostTests(postgres)
{
    private const string Header = "number,placed_at,state,email,name,address,city,postal_code,country,sku,product,size,price_usd,order_total_usd";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await AddOperatorAsync();
        await SignInAsync();
    }

    [Fact]
    public async Task Each_line_of_each_order_found_is_a_row_newest_order_first()
    {
        var items = (await Node.AddProductAsync("A", stock: 5, price: 99.5m, sizes: [8, 9.5m])).Items;
        var cart = await Node.FillCartAsync(items[0].Id, items[1].Id);
        var one = Assert.IsType<PurchaseOutcome.Placed>(await Node.Checkout.PlaceOrderAsync(Some.Request(cart, price: 99.5m))).OrderNumber;
        var two = await Node.BuyAsync(await Node.AddItemAsync(stock: 1));
        await Node.OrderControl.CancelAsync(two, "Reason", "ana");

        using var answer = await Browser.GetAsync(OrderExport.Path);

        Assert.Equal("text/csv; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Matches("^attachment; filename=orders-[0-9]{4}-[0-9]{2}-[0-9]{2}\\.csv$", answer.Content.Headers.ContentDisposition!.ToString());
        var rows = (await answer.Content.ReadAsStringAsync()).Split("\r\n");
        Assert.Equal(Header, rows[0]);
        Assert.Matches($"^{two},[0-9-]{{10}}T[0-9:]{{8}}Z,cancelled,ana@example.org,Ana Lima,Rua Augusta 1,Lisboa,1100-048,Portugal,P[^,]+,Name of P[^,]+,8,120.00,120.00$", rows[1]);
        Assert.Matches($"^{one},.*,placed,.*,A-8,Name of A,8,99.50,199.00$", rows[2]);
        Assert.Matches($"^{one},.*,placed,.*,A-9.5,Name of A,9.5,99.50,199.00$", rows[3]);
        Assert.Equal([""], rows[4..]);
    }

    [Fact]
    public async Task It_begins_with_a_byte_order_mark_by_which_spreadsheets_know_its_encoding()
    {
        await Node.BuyAsync(await Node.AddItemAsync(stock: 1));

        var bytes = await Browser.GetByteArrayAsync(OrderExport.Path);

        Assert.Equal([0xEF, 0xBB, 0xBF, (byte)'n'], bytes[..4]);
    }

    [Fact]
    public async Task The_file_has_what_the_page_of_the_same_search_finds_but_all_pages_of_it()
    {
        var item = await Node.AddItemAsync(stock: 5);
        await AddOrdersAsync(200, item);
        var other = await Node.BuyAsync(item);

        var found = await Browser.GetStringAsync($"{OrderExport.Path}?email=BULK&product=&state=placed&number=");

        Assert.Equal(201, Lines(found).Count());
        Assert.DoesNotContain(other, found, StringComparison.Ordinal);
        Assert.Equal([Header], Lines(await Browser.GetStringAsync($"{OrderExport.Path}?state=refunded")));
    }

    [Fact]
    public async Task The_file_of_a_selection_has_the_orders_of_those_numbers()
    {
        var item = await Node.AddItemAsync(stock: 5);
        string[] numbers = [await Node.BuyAsync(item), await Node.BuyAsync(item), await Node.BuyAsync(item)];

        var found = await Browser.GetStringAsync($"{OrderExport.Path}?only={numbers[0]},{numbers[2]}");

        Assert.Equal([numbers[2], numbers[0]], Lines(found).Skip(1).Select(line => line.Split(',')[0]));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t'=1")]
    [InlineData("Ana;=1+1", "Ana;'=1+1")]
    [InlineData("Ana; =1+1;@x", "Ana; '=1+1;'@x")]
    [InlineData("Ana\t-1", "Ana\t'-1")]
    [InlineData("Ana|+1", "Ana|'+1")]
    [InlineData("Ana;\"=1", "Ana;\"\"'=1")]
    [InlineData("Ana - Lima; 3", "Ana - Lima; 3")]
    [InlineData("=\"x\",\"y\"", "'=\"\"x\"\",\"\"y\"\"")]
    public async Task What_a_spreadsheet_would_take_for_a_formula_is_text(string typed, string written)
    {
        var number = await Node.BuyAsync(await Node.AddItemAsync(stock: 1));
        await Database.ExecuteAsync($"update orders set name = '{typed}' where number = '{number}'");

        Assert.Matches($"^{number},[^,]*,placed,ana@example.org,\"?{Regex.Escape(written)}\"?,", Lines(await Browser.GetStringAsync(OrderExport.Path)).Last());
    }

    [Fact]
    public async Task Commas_quotes_line_breaks_and_blanks_at_the_ends_are_kept_in_quotes()
    {
        var number = await Node.BuyAsync(await Node.AddItemAsync(stock: 1));
        await Database.ExecuteAsync($"update orders set name = ' a,\"b\"', address = E'1\n2', city = 'caf\u00e9 ' where number = '{number}'");

        Assert.Contains(",\" a,\"\"b\"\"\",\"1\n2\",\"caf\u00e9 \",", await Browser.GetStringAsync(OrderExport.Path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_begins_while_the_database_still_reads_and_ends_there_when_the_browser_goes()
    {
        // 20 MB, more than any buffer on the way holds.
        await AddOrdersAsync(5000, await Node.AddItemAsync(stock: 1), nameLength: 4000);
        using (var answer = await Browser.GetAsync(OrderExport.Path, HttpCompletionOption.ResponseHeadersRead))
        {
            using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
            Assert.Equal(Header, await reader.ReadLineAsync());

            await Eventually.TrueAsync(IsReadingAsync);
        }

        await Eventually.TrueAsync(async () => !await IsReadingAsync());
        Assert.Equal(5001, Lines(await Browser.GetStringAsync(OrderExport.Path)).Count());
    }

    [Fact]
    public async Task While_the_database_is_away_there_is_no_file_and_a_plain_answer()
    {
        await using var link = new DatabaseLink(Database);
        await using var host = await ShopHost.StartAsync(await NewNode(connectionString: link.ConnectionString).WatchAsync());
        using var browser = host.NewBrowser();
        await SignInAsync(browser);
        link.Cut();

        using var answer = await browser.GetAsync(OrderExport.Path);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("out of reach", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Null(answer.Content.Headers.ContentDisposition);
    }

    [Fact]
    public async Task A_file_that_the_database_leaves_half_written_does_not_end_like_a_whole_one()
    {
        await AddOrdersAsync(5000, await Node.AddItemAsync(stock: 1), nameLength: 4000);
        await using var link = new DatabaseLink(Database);
        await using var host = await ShopHost.StartAsync(await NewNode(connectionString: link.ConnectionString).WatchAsync());
        using var browser = host.NewBrowser();
        await SignInAsync(browser);
        using var answer = await browser.GetAsync(OrderExport.Path, HttpCompletionOption.ResponseHeadersRead);
        await Eventually.TrueAsync(IsReadingAsync);

        link.Cut();

        await Assert.ThrowsAnyAsync<Exception>(() => answer.Content.ReadAsStringAsync());
    }

    private static IEnumerable<string> Lines(string file) => file.Split("\r\n").SkipLast(1);

    /// <summary>Whether the database waits for somebody to take the rows that it has.</summary>
    private Task<bool> IsReadingAsync() => Database.ReadAsync<bool>(
        "select exists (select from pg_stat_activity where datname = current_database() and wait_event = 'ClientWrite')");

    private Task SignInAsync() => SignInAsync(Browser);

    private static async Task SignInAsync(HttpClient browser)
    {
        const string Login = "/admin/login";
        var token = Token().Match(await browser.GetStringAsync(Login)).Groups[1].Value;
        using var answer = await browser.PostAsync(Login, new FormUrlEncodedContent(
            [new("_handler", "login"), new("__RequestVerificationToken", token), new("Form.UserName", "admin"), new("Form.Password", Accounts.Password)]));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    private Task<int> AddOrdersAsync(int count, int itemId, int nameLength = 10) => Database.ExecuteAsync(
        $"""
        with added as (
          insert into orders (number, cart_id, idempotency_key, email, name, address, city, postal_code, country, total)
          select i, 'c', gen_random_uuid(), 'bulk@example.org', repeat('x', {nameLength}), '', '', '', '', 120 from generate_series(1, {count}) i returning id)
        insert into order_lines (order_id, item_id, sku, product_name, size, price) select id, {itemId}, 's', 'n', 8, 120 from added
        """);

    [GeneratedRegex("""name="__RequestVerificationToken" value="([^"]+)""")]
    private static partial Regex Token();
}
