using Bunit;
using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Components.Pages.Admin;

namespace LiveShop.Tests;

public sealed class OrdersPageTests(PostgresServer postgres) : DeskTests(postgres)
{
    private ShopTab tab = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        tab = OpenOperatorTab();
    }

    [Fact]
    public async Task Nobody_but_an_operator_is_shown_anything()
    {
        await Node.BuyAsync(await Node.AddItemAsync(stock: 1));
        tab = OpenOperatorTab(new OperatorTabSession(null));

        var page = tab.Render<OrdersPage>();

        Assert.Empty(page.Markup);
        Assert.Equal("/admin/login", tab.Address);
    }

    [Fact]
    public async Task It_lists_the_newest_orders_and_leads_to_each()
    {
        var item = await Node.AddItemAsync(stock: 5);
        string[] numbers = [await Node.BuyAsync(item), await Node.BuyAsync(item)];
        await Node.OrderControl.CancelAsync(numbers[1], "Reason", "ana");

        var page = await OpenAsync("/admin/orders");

        await ExpectAsync(page, numbers.Reverse());
        Assert.Equal(numbers.Reverse().Select(number => $"/admin/orders?open={number}"), page.FindAll(".row-link").Select(link => link.GetAttribute("href")));
        Assert.Contains("cancelled", page.FindAll("tbody tr")[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("ana@example.org", page.FindAll("tbody tr")[0].TextContent, StringComparison.Ordinal);
        Assert.True(page.Find(".orders__next").HasAttribute("disabled"));
    }

    [Fact]
    public async Task The_search_is_in_the_address_and_in_the_fields_and_the_file_is_of_the_same()
    {
        var number = await Node.BuyAsync((await Node.AddProductAsync("A&B", stock: 5)).Items[0].Id);
        await Node.BuyAsync((await Node.AddProductAsync("C", stock: 5)).Items[0].Id);

        var page = await OpenAsync($"/admin/orders?number={number}&email=ANA&product=a%26b&state=placed&from=2020-01-01T00:00&sort=-total&after=1000");

        await ExpectAsync(page, [number]);
        Assert.Equal([number, "ANA", "a&b", "2020-01-01T00:00"], new[] { "number", "email", "product", "from" }.Select(name => page.Find($"[name={name}]").GetAttribute("value")));
        Assert.Equal($"/admin/orders.csv?number={number}&email=ANA&product=a%26b&state=placed&from=2020-01-01T00%3A00&sort=-total", page.Find("a[download]").GetAttribute("href"));
        Assert.Equal("descending", page.Find("th[aria-sort]").GetAttribute("aria-sort"));
        Assert.Contains("Total", page.Find("th[aria-sort]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_typed_into_a_field_goes_into_the_address_and_the_way_back_shows_the_search_before()
    {
        var number = await Node.BuyAsync(await Node.AddItemAsync(stock: 5));
        await AddOrdersAsync(1);
        var page = await OpenAsync("/admin/orders");
        await ExpectAsync(page, ["1", number]);

        await page.ChangeAsync("[name=email]", "bulk");
        await ExpectAsync(page, ["1"]);
        Assert.Equal("/admin/orders?email=bulk", tab.Address);

        await page.InvokeAsync(() => tab.Navigation.NavigateTo("/admin/orders"));
        await ExpectAsync(page, ["1", number]);
        Assert.Equal("", page.Find("[name=email]").GetAttribute("value") ?? "");
    }

    [Fact]
    public async Task A_column_that_is_pressed_sorts_in_the_database_and_says_so_in_the_address()
    {
        await AddOrdersAsync(60);
        var page = await OpenAsync("/admin/orders");
        await page.WaitForAssertionAsync(() => Assert.Equal("60", Numbers(page)[0]));

        await SortAsync(page, "Total");
        await page.WaitForAssertionAsync(() => Assert.Equal("1", Numbers(page)[0]));
        Assert.Equal("/admin/orders?sort=total", tab.Address);

        await SortAsync(page, "Total");
        await page.WaitForAssertionAsync(() => Assert.Equal("60", Numbers(page)[0]));
        Assert.Equal("/admin/orders?sort=-total", tab.Address);

        await page.InvokeAsync(() => tab.Navigation.NavigateTo("/admin/orders?sort=total&after=50"));
        await ExpectAsync(page, Enumerable.Range(51, 10).Select(i => $"{i}"));
        Assert.Equal("ascending", page.Find("th[aria-sort]").GetAttribute("aria-sort"));
        Assert.Equal("/admin/orders?sort=total&after=50", tab.Address);
    }

    [Theory]
    [InlineData("/admin/orders?state=nonsense&after=nonsense&sort=nonsense&from=nonsense")]
    [InlineData("/admin/orders?number=&email=&product=&state=&before=-1&only=")]
    public async Task What_makes_no_sense_in_the_address_counts_as_not_given(string address)
    {
        var number = await Node.BuyAsync(await Node.AddItemAsync(stock: 5));

        await ExpectAsync(await OpenAsync(address), [number]);
    }

    [Fact]
    public async Task Other_pages_are_links()
    {
        await AddOrdersAsync(60);

        var page = await OpenAsync("/admin/orders?email=bulk");
        await page.WaitForAssertionAsync(() => Assert.Equal(50, Numbers(page).Count));
        Assert.Equal("/admin/orders?email=bulk&after=11", page.Find(".orders__next").GetAttribute("href"));

        await page.InvokeAsync(() => tab.Navigation.NavigateTo("/admin/orders?email=bulk&after=11"));
        await ExpectAsync(page, Enumerable.Range(1, 10).Reverse().Select(i => $"{i}"));
        Assert.True(page.Find(".orders__next").HasAttribute("disabled"));
        Assert.Contains("/admin/orders?email=bulk&before=10", page.FindAll(".list-pages a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task Without_orders_it_says_what_will_come_and_without_matches_what_to_do()
    {
        var page = await OpenAsync("/admin/orders");
        await page.WaitForAssertionAsync(() => Assert.StartsWith("No orders yet.", page.Find(".list__empty").TextContent, StringComparison.Ordinal));

        await page.ChangeAsync("[name=email]", "nobody");
        await page.WaitForAssertionAsync(() => Assert.StartsWith("No order matches.", page.Find(".list__empty").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task While_the_database_is_away_it_says_so_and_keeps_what_it_showed()
    {
        var number = await Node.BuyAsync(await Node.AddItemAsync(stock: 5));
        var page = await OpenAsync("/admin/orders?email=ana");
        await ExpectAsync(page, [number]);

        Link.Cut();
        await page.ChangeAsync("[name=email]", "nobody");

        await page.WaitForAssertionAsync(() => Assert.Contains("The database is out of reach", NoticeOf(page), StringComparison.Ordinal));
        Assert.Equal([number], Numbers(page));
        Assert.Equal("nobody", page.Find("[name=email]").GetAttribute("value"));
    }

    [Fact]
    public async Task Selected_orders_are_cancelled_after_one_question_and_what_was_not_is_told_order_by_order()
    {
        var numbers = await SelectThreeAsync();
        await Node.OrderControl.RefundAsync(numbers[1], "Torn", "bo");

        await tab.Dialogs.WaitForElementAsync("#bulk-reason");
        Assert.Contains("Back into stock at once: 3 pairs.", tab.Dialogs.Markup, StringComparison.Ordinal);
        Assert.Equal(3, Assert.Single(await Database.AvailableAsync()));
        await tab.Dialogs.TypeAsync("#bulk-reason", "Wrong price");
        await tab.Dialogs.PressAsync("[name=confirm]");

        await tab.Dialogs.WaitForAssertionAsync(() => Assert.Equal("2 of 3 done, 1 refused.", tab.Dialogs.Find(".bulk__summary").TextContent));
        Assert.Equal($"{numbers[1]}: The order is refunded, so it cannot be cancelled any more.", tab.Dialogs.Find(".bulk__not").TextContent);
        Assert.Equal(5, Assert.Single(await Database.AvailableAsync()));
        Assert.Equal(2, await Database.ReadAsync<long>("select count(*) from audit_entries where action = 'cancel' and actor = 'ana'"));
    }

    [Fact]
    public async Task Without_a_reason_none_of_them_is_cancelled()
    {
        await SelectThreeAsync();

        await tab.Dialogs.PressAsync("[name=confirm]");

        Assert.Contains("Say why", tab.Dialogs.Markup, StringComparison.Ordinal);
        Assert.Equal(2, Assert.Single(await Database.AvailableAsync()));
    }

    [Fact]
    public async Task Whose_session_has_ended_cancels_none_of_them()
    {
        var session = new OperatorTabSession("ana");
        tab = OpenOperatorTab(session);
        await SelectThreeAsync();
        await tab.Dialogs.TypeAsync("#bulk-reason", "Wrong price");
        session.EndUnheard();

        await tab.Dialogs.PressAsync("[name=confirm]");

        await tab.Dialogs.WaitForAssertionAsync(() => Assert.Equal("0 of 3 done, 3 not tried.", tab.Dialogs.Find(".bulk__summary").TextContent));
        Assert.Empty(await Database.ReadAllAsync<long>("select id from audit_entries where action = 'cancel'"));
    }

    [Fact]
    public async Task The_selection_is_a_file_of_its_own_and_outlasts_another_page()
    {
        await AddOrdersAsync(60);
        var page = await OpenAsync("/admin/orders");
        await page.WaitForAssertionAsync(() => Assert.Equal(50, Numbers(page).Count));
        await SelectAsync(page, "60");

        await page.InvokeAsync(() => tab.Navigation.NavigateTo("/admin/orders?after=11"));
        await page.WaitForAssertionAsync(() => Assert.Equal(10, Numbers(page).Count));
        await SelectAsync(page, "3");

        Assert.Contains("2 orders selected", page.Find(".order-selection").TextContent, StringComparison.Ordinal);
        Assert.Equal("/admin/orders.csv?only=60,3", page.Find(".order-selection a[download]").GetAttribute("href"));
    }

    [Fact]
    public async Task An_order_opens_beside_the_list_and_is_cancelled_there()
    {
        var number = await Node.BuyAsync(await Node.AddItemAsync(stock: 5));
        var page = await OpenAsync($"/admin/orders?open={number}");
        await page.WaitForElementAsync(".order-beside .order-lines");
        await page.WaitForElementAsync("tbody tr.list__row--open");

        await PressButtonAsync(page, "Cancel the order…");
        await tab.Dialogs.TypeAsync("[name=reason]", "Called us");
        await tab.Dialogs.PressAsync(".order-change");

        await page.WaitForAssertionAsync(() => Assert.Equal("cancelled", page.Find("tbody .order-state").TextContent));
        await page.PressAsync("[aria-label=Close]");
        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll(".order-beside")));
        Assert.Equal("/admin/orders", tab.Address);
    }

    private async Task<string[]> SelectThreeAsync()
    {
        var item = await Node.AddItemAsync(stock: 5);
        string[] numbers = [await Node.BuyAsync(item), await Node.BuyAsync(item), await Node.BuyAsync(item)];
        var page = await OpenAsync("/admin/orders");
        await ExpectAsync(page, numbers.Reverse());
        foreach (var number in numbers) await SelectAsync(page, number);
        // The press is dealt with when the dialog is closed.
        _ = page.PressAsync(".order-selection__cancel");
        await tab.Dialogs.WaitForElementAsync("[name=confirm]");
        return numbers;
    }

    private static Task SelectAsync(IRenderedComponent<OrdersPage> page, string number) => page.InvokeAsync(() =>
        page.FindAll("tbody tr").Single(row => row.QuerySelector(".row-link")?.TextContent == number).QuerySelector("input")!.ChangeAsync(true));

    private static Task SortAsync(IRenderedComponent<OrdersPage> page, string column) => page.InvokeAsync(() =>
        page.FindAll("th").Single(header => header.TextContent.Trim() == column).QuerySelector("button")!.ClickAsync());

    private static Task ExpectAsync(IRenderedComponent<OrdersPage> page, IEnumerable<string> numbers) => page.WaitForAssertionAsync(() => Assert.Equal(numbers, Numbers(page)));

    private static List<string> Numbers(IRenderedComponent<OrdersPage> page) => [.. page.FindAll(".row-link").Select(link => link.TextContent)];

    private Task<IRenderedComponent<OrdersPage>> OpenAsync(string address)
    {
        tab.Navigation.NavigateTo(address);
        return OpenDeskPageAsync<OrdersPage>(tab);
    }

    /// <summary>Adds orders with their ids for numbers, each a dollar dearer than the one before.</summary>
    private Task<int> AddOrdersAsync(int count) => Database.ExecuteAsync(
        $"""
        insert into orders (number, cart_id, idempotency_key, email, name, address, city, postal_code, country, total)
        select i, 'c', gen_random_uuid(), 'bulk@example.org', '', '', '', '', '', 120 + i from generate_series(1, {count}) i
        """);
}
