using Bunit;
using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Components.Pages.Admin;

namespace LiveShop.Tests;

public sealed class OrdersPageTests(PostgresServer postgres) : PageTests(postgres)
{
    [Fact]
    public async Task Nobody_but_an_operator_is_shown_anything()
    {
        await Node.BuyAsync(await Node.AddItemAsync(stock: 1));
        var tab = OpenOperatorTab(new OperatorTabSession(null));

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

        Assert.Equal(numbers.Reverse().Select(number => $"/admin/orders/{number}"), page.FindAll("tbody a").Select(link => link.GetAttribute("href")));
        Assert.Contains("cancelled", page.FindAll("tbody tr")[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("ana@example.org", page.FindAll("tbody tr")[0].TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".orders__older"));
    }

    [Fact]
    public async Task The_search_is_in_the_address_and_in_the_form_and_the_file_is_of_the_same()
    {
        var number = await Node.BuyAsync((await Node.AddProductAsync("A&B", stock: 5)).Items[0].Id);
        await Node.BuyAsync((await Node.AddProductAsync("C", stock: 5)).Items[0].Id);

        var page = await OpenAsync($"/admin/orders?number={number}&email=ANA&product=a%26b&state=placed&before=1000");

        Assert.Equal([number], page.FindAll("tbody a").Select(link => link.TextContent));
        Assert.Equal([number, "ANA", "a&b"], page.FindAll("form input").Select(input => input.GetAttribute("value")));
        Assert.Equal("placed", page.Find("option[selected]").GetAttribute("value"));
        Assert.Equal($"/admin/orders.csv?number={number}&email=ANA&product=a%26b&state=placed", page.Find("a[download]").GetAttribute("href"));
    }

    [Fact]
    public async Task Another_address_is_another_search_in_the_same_page()
    {
        var number = await Node.BuyAsync(await Node.AddItemAsync(stock: 5));
        var tab = OpenOperatorTab();
        var page = await OpenAsync("/admin/orders?state=cancelled", tab);
        Assert.Equal("No order matches.", page.Find("main > [role=status]").TextContent);

        await page.InvokeAsync(() => tab.Navigation.NavigateTo("/admin/orders?state=placed"));

        await page.WaitForAssertionAsync(() => Assert.Equal(number, page.Find("tbody a").TextContent));
    }

    [Theory]
    [InlineData("/admin/orders?state=nonsense&before=nonsense")]
    [InlineData("/admin/orders?number=&email=&product=&state=&before=-1")]
    public async Task What_makes_no_sense_in_the_address_counts_as_not_said(string address)
    {
        await Node.BuyAsync(await Node.AddItemAsync(stock: 5));

        Assert.Single((await OpenAsync(address)).FindAll("tbody tr"));
    }

    [Fact]
    public async Task Older_orders_are_a_link_away()
    {
        var item = await Node.AddItemAsync(stock: 1);
        await Database.ExecuteAsync(
            """
            insert into orders (number, cart_id, idempotency_key, email, name, address, city, postal_code, country, total)
            select i, 'c', gen_random_uuid(), 'bulk@example.org', '', '', '', '', '', 120 from generate_series(1, 60) i
            """);

        var page = await OpenAsync("/admin/orders?email=bulk");
        Assert.Equal(50, page.FindAll("tbody tr").Count);
        var older = page.Find(".orders__older").GetAttribute("href")!;
        Assert.Equal("/admin/orders?email=bulk&before=11", older);

        page = await OpenAsync(older);
        Assert.Equal(Enumerable.Range(1, 10).Reverse().Select(i => $"{i}"), page.FindAll("tbody a").Select(link => link.TextContent));
        Assert.Empty(page.FindAll(".orders__older"));
    }

    [Fact]
    public async Task While_the_database_is_away_it_says_so()
    {
        Link.Cut();

        var page = await OpenAsync("/admin/orders?email=ana");

        Assert.Contains("The database is out of reach", page.Find("main > [role=status]").TextContent, StringComparison.Ordinal);
        Assert.Equal("ana", page.Find("[name=email]").GetAttribute("value"));
    }

    private async Task<IRenderedComponent<OrdersPage>> OpenAsync(string address, ShopTab? tab = null)
    {
        tab ??= OpenOperatorTab();
        tab.Navigation.NavigateTo(address);
        var page = tab.Render<OrdersPage>();
        await page.WaitForElementAsync("main");
        return page;
    }
}
