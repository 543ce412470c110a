using Bunit;
using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Admin;
using LiveShop.Web.Components.Pages.Admin;
using LiveShop.Web.Pictures;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace LiveShop.Tests;

public sealed class ProductPageTests(PostgresServer postgres) : DeskTests(postgres)
{
    private ShopTab tab = null!;

    [Fact]
    public async Task It_shows_the_product_and_saves_what_is_typed()
    {
        var product = await Node.AddProductAsync("A", stock: 5, sizes: [8, 9.5m]);
        var page = await OpenAsync(product.Id);
        Assert.Equal(("Name of A", "120"), (page.Find("h1").TextContent, ValueOf(page, "price")));
        Assert.Equal(["8 5 left", "9.5 5 left"], page.FindAll(".sizes__list li").Select(size => size.TextContent));

        await page.TypeAsync("#product-name", "Renamed");
        await page.TypeAsync("#product-price", "1,099.50");
        await page.PressAsync("[name=save]");

        await ToldAsync("Saved.");
        Assert.Equal("Renamed", page.Find("h1").TextContent);
        Assert.True(Node.Inventory.Shelf.Listings is [{ Name: "Renamed", Price: 1099.5m }]);
    }

    [Fact]
    public async Task A_way_back_to_the_page_of_another_product_shows_and_changes_that_one()
    {
        var (first, second) = (await Node.AddProductAsync("A", stock: 5), await Node.AddProductAsync("B", stock: 5));
        var page = await OpenAsync(first.Id);
        await page.TypeAsync("#product-name", "Half typed");

        page.Render(parameters => parameters.Add(shown => shown.Id, second.Id));

        Assert.Equal(("Name of B", "Name of B"), (page.Find("h1").TextContent, ValueOf(page, "name")));
        await page.TypeAsync("#product-name", "Renamed");
        await page.PressAsync("[name=save]");
        await ToldAsync("Saved.");
        Assert.Equal(["Name of A", "Renamed"], Node.Inventory.Shelf.Listings.Select(listing => listing.Name));
    }

    [Fact]
    public async Task Somebody_who_writes_a_decimal_comma_reads_and_types_one()
    {
        var product = await Node.AddProductAsync("A", stock: 5, price: 99.5m);
        tab = OpenOperatorTab();
        var form = tab.Render<CascadingValue<OperatorNumbers>>(parameters => parameters
            .Add(cascade => cascade.Value, OperatorNumbers.Comma).AddChildContent<ProductPage>(page => page.Add(shown => shown.Id, product.Id)));
        await form.WaitForElementAsync("#product-price");
        Assert.Equal("99,5", form.Find("#product-price").GetAttribute("value"));

        await form.TypeAsync("#product-price", "1.299,5");
        Assert.Equal("1.299,5", form.Find("#product-price").GetAttribute("value"));
        await form.PressAsync("[name=save]");
        await ToldAsync("Saved.");
        Assert.Equal(1299.5m, Node.Inventory.Shelf.Listings[0].Price);

        await form.TypeAsync("#product-price", "viel");
        await form.WaitForAssertionAsync(() => Assert.Contains("such as 120 or 99,50.", form.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_somebody_else_wrote_meanwhile_stands_beside_what_is_typed_and_a_second_save_writes_that()
    {
        var product = await Node.AddProductAsync("A", stock: 5);
        var page = await OpenAsync(product.Id);
        await page.TypeAsync("#product-name", "Mine");
        await EditElsewhereAsync(product, "Theirs");

        await page.PressAsync("[name=save]");
        Assert.Contains("Somebody changed the product meanwhile", page.Find(".form-end__trouble").TextContent, StringComparison.Ordinal);
        Assert.Equal("Now: Theirs", BelowOf(page, "name"));
        Assert.Equal("Mine", ValueOf(page, "name"));
        Assert.Equal("Theirs", page.Find("h1").TextContent);

        await page.PressAsync("[name=save]");
        await ToldAsync("Saved.");
        Assert.Equal("Mine", Node.Inventory.Shelf.Listings[0].Name);
    }

    [Fact]
    public async Task A_form_in_which_nothing_is_typed_follows_what_others_write()
    {
        var product = await Node.AddProductAsync("A", stock: 5);
        var page = await OpenAsync(product.Id);

        await EditElsewhereAsync(product, "Theirs");

        await page.WaitForAssertionAsync(() => Assert.Equal("Theirs", ValueOf(page, "name")));
    }

    [Fact]
    public async Task A_pause_or_a_release_meanwhile_is_no_reason_to_refuse_the_form()
    {
        var product = await Node.AddProductAsync("A", stock: 5, release: false);
        var page = await OpenAsync(product.Id);
        await page.TypeAsync("#product-name", "Mine");
        await Node.DropControl.StopAsync(product.Id, null, "Reason", "bo");
        await Node.Inventory.ReleaseAsync(product.Id, "bo");

        await page.PressAsync("[name=save]");

        await ToldAsync("Saved.");
    }

    [Fact]
    public async Task What_is_wrong_stands_at_its_field_as_it_is_typed_and_nothing_typed_is_lost()
    {
        var page = await OpenAsync((await Node.AddProductAsync("A", stock: 5)).Id);

        await page.TypeAsync("#product-name", "");
        await page.WaitForAssertionAsync(() => Assert.Equal("Name is missing.", BelowOf(page, "name")));
        await page.TypeAsync("#product-brand", "Other");
        await page.PressAsync("[name=save]");

        Assert.Contains("Not saved", page.Find(".form-end__trouble").TextContent, StringComparison.Ordinal);
        Assert.Equal("Other", ValueOf(page, "brand"));
        Assert.Equal("Snks 23", Node.Inventory.Shelf.Listings[0].Brand);
    }

    [Fact]
    public async Task While_the_database_is_away_it_says_so_and_nothing_typed_is_lost()
    {
        var page = await OpenAsync((await Node.AddProductAsync("A", stock: 5)).Id);
        await page.TypeAsync("#product-name", "Mine");
        Link.Cut();

        await page.PressAsync("[name=save]");
        await page.WaitForAssertionAsync(() => Assert.Contains("out of reach", page.Find(".form-end__trouble").TextContent, StringComparison.Ordinal));
        Assert.Equal("Mine", ValueOf(page, "name"));
        Link.Mend();
        await page.PressAsync("[name=save]");

        await ToldAsync("Saved.");
    }

    [Fact]
    public async Task A_form_with_unsaved_changes_is_left_only_after_a_question()
    {
        var page = await OpenAsync((await Node.AddProductAsync("A", stock: 5)).Id);
        var before = tab.Address;
        await page.TypeAsync("#product-name", "Mine");

        await page.InvokeAsync(() => tab.Navigation.NavigateTo("/admin/products"));
        await tab.Dialogs.WaitForAssertionAsync(() => Assert.Contains("Leave without saving?", tab.Dialogs.Markup, StringComparison.Ordinal));
        Assert.Equal(before, tab.Address);
        await PressButtonAsync(tab.Dialogs, "Leave");

        await Eventually.TrueAsync(() => tab.Address == "/admin/products");
    }

    [Fact]
    public async Task Sizes_are_added()
    {
        var page = await OpenAsync((await Node.AddProductAsync("A", stock: 5, sizes: [8])).Id);

        await AddSizesAsync(page, "9;");
        await page.WaitForAssertionAsync(() => Assert.Contains("Sizes must be different numbers", BelowOf(page, "sizes"), StringComparison.Ordinal));
        await AddSizesAsync(page, "8;9;10");

        await ToldAsync("Sizes added: 2.");
        Assert.Equal(["8 5 left", "9 200 left", "10 200 left"], page.FindAll(".sizes__list li").Select(size => size.TextContent));
        await AddSizesAsync(page, "9");
        await ToldAsync("It has these sizes already. Restock them on the drop page.");
        Assert.Equal([5, 200, 200], await Database.AvailableAsync());
    }

    [Fact]
    public async Task What_is_left_of_a_size_follows_the_sales()
    {
        var product = await Node.AddProductAsync("A", stock: 50, sizes: [8]);
        var page = await OpenAsync(product.Id);

        await Node.DropControl.CorrectStockAsync(product.Items[0].Id, -1, "lost", "bo");

        await page.WaitForAssertionAsync(() => Assert.Equal("8 49 left", page.Find(".sizes__list li").TextContent), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task It_is_retired_after_a_question_and_brought_back()
    {
        var page = await OpenAsync((await Node.AddProductAsync("A", stock: 5)).Id);

        var retiring = page.PressAsync("[name=retire]");
        await tab.Dialogs.WaitForAssertionAsync(() => Assert.Contains("nobody can buy it", tab.Dialogs.Markup, StringComparison.Ordinal));
        Assert.Single(Node.Inventory.Shelf.Listings);
        await PressButtonAsync(tab.Dialogs, "Retire Name of A");
        await retiring;
        await ToldAsync("Name of A is retired.");
        Assert.Empty(Node.Inventory.Shelf.Listings);

        await page.PressAsync("[name=bring-back]");
        await ToldAsync("Name of A is back in the store.");
        Assert.Single(Node.Inventory.Shelf.Listings);
    }

    [Fact]
    public async Task A_picture_is_looked_at_first_and_then_shown_to_shoppers_and_can_be_removed()
    {
        var product = await Node.AddProductAsync("A", stock: 5);
        var page = await OpenAsync(product.Id);
        var drawn = page.Find(".picture__now").GetAttribute("src");

        Upload(page, SomePicture.Png, "shoe.png");
        await page.WaitForAssertionAsync(() => Assert.StartsWith("data:image/png;base64,", page.Find(".picture__preview").GetAttribute("src"), StringComparison.Ordinal));
        Assert.Null(Node.Inventory.Shelf.Listings[0].PictureHash);
        await page.PressAsync("[name=put-picture]");
        await ToldAsync("Shoppers see the new picture.");
        Assert.Equal($"/pictures/{product.Id}/{Node.Inventory.Shelf.Listings[0].PictureHash}", page.Find(".picture__now").GetAttribute("src"));

        var removing = page.PressAsync("[name=remove-picture]");
        await tab.Dialogs.WaitForAssertionAsync(() => Assert.Contains("drawn one again", tab.Dialogs.Markup, StringComparison.Ordinal));
        await PressButtonAsync(tab.Dialogs, "Remove picture");
        await removing;
        Assert.Equal(drawn, page.Find(".picture__now").GetAttribute("src"));
        Assert.Null(Node.Inventory.Shelf.Listings[0].PictureHash);
    }

    [Fact]
    public async Task A_picture_that_could_not_be_stored_is_still_there_to_be_tried_again()
    {
        var page = await OpenAsync((await Node.AddProductAsync("A", stock: 5)).Id);
        Upload(page, SomePicture.Png, "shoe.png");
        await page.WaitForElementAsync("[name=put-picture]");
        Link.Cut();

        await page.PressAsync("[name=put-picture]");
        await page.WaitForAssertionAsync(() => Assert.Contains("out of reach", page.Find(".picture__trouble").TextContent, StringComparison.Ordinal));
        Link.Mend();
        await page.PressAsync("[name=put-picture]");

        await ToldAsync("Shoppers see the new picture.");
        Assert.Empty(page.FindAll(".picture__preview"));
    }

    [Fact]
    public async Task A_file_that_is_no_picture_is_refused_whatever_its_name_and_nothing_typed_is_lost()
    {
        var page = await OpenAsync((await Node.AddProductAsync("A", stock: 5)).Id);
        await page.TypeAsync("#product-name", "Mine");

        Upload(page, SomePicture.Latin("<svg onload=\"alert(1)\"/>"), "shoe.png");
        await page.WaitForElementAsync("[name=put-picture]");
        await page.PressAsync("[name=put-picture]");
        await page.WaitForAssertionAsync(() => Assert.StartsWith("shoe.png is no PNG, JPEG or", page.Find(".picture__trouble").TextContent.Trim(), StringComparison.Ordinal));
        Upload(page, new byte[PictureEncoder.MaxBytes + 1], "large.png");
        await page.WaitForAssertionAsync(() => Assert.StartsWith("large.png is larger than", page.Find(".picture__trouble").TextContent.Trim(), StringComparison.Ordinal));

        Assert.Empty(page.FindAll("[name=put-picture]"));
        Assert.Null(Node.Inventory.Shelf.Listings[0].PictureHash);
        Assert.Equal("Mine", ValueOf(page, "name"));
    }

    [Fact]
    public async Task The_way_back_leads_to_the_list_that_it_was_opened_from()
    {
        var product = await Node.AddProductAsync("A", stock: 5);
        tab = OpenOperatorTab();
        tab.Navigation.NavigateTo($"/admin/products/{product.Id}?list=q%3Dhop%26page%3D2");

        var page = await OpenDeskPageAsync<ProductPage>(tab, parameters => parameters.Add(shown => shown.Id, product.Id));

        Assert.Equal("/admin/products?q=hop&page=2", page.Find(".crumbs a").GetAttribute("href"));
    }

    [Fact]
    public async Task A_product_that_is_not_there_is_none() => Assert.Equal("No such product", (await OpenAsync(404)).Find("h1").TextContent);

    [Fact]
    public async Task Somebody_who_is_not_signed_in_sees_nothing_of_it()
    {
        var product = await Node.AddProductAsync("A", stock: 5);

        Assert.Empty(OpenOperatorTab(new OperatorTabSession(null)).Render<ProductPage>(parameters => parameters.Add(page => page.Id, product.Id)).Markup);
    }

    private Task<IRenderedComponent<ProductPage>> OpenAsync(int id)
    {
        tab = OpenOperatorTab();
        return OpenDeskPageAsync<ProductPage>(tab, parameters => parameters.Add(page => page.Id, id));
    }

    private Task ToldAsync(string words) => tab.Messages.WaitForAssertionAsync(() => Assert.Contains(words, tab.Messages.Markup, StringComparison.Ordinal));

    private static string? ValueOf(IRenderedComponent<ProductPage> page, string field) => page.Find($"#product-{field}").GetAttribute("value");

    /// <summary>What stands below a field.</summary>
    private static string BelowOf(IRenderedComponent<ProductPage> page, string field) => page.Find($".product-field:has(#product-{field}) .me-auto").TextContent;

    private static void Upload(IRenderedComponent<ProductPage> page, byte[] bytes, string name) =>
        page.FindComponents<InputFile>()[^1].UploadFiles(InputFileContent.CreateFromBinary(bytes, name, contentType: "image/png"));

    private static async Task AddSizesAsync(IRenderedComponent<ProductPage> page, string sizes)
    {
        await page.TypeAsync("#product-sizes", sizes);
        await page.PressAsync("[name=add-sizes]");
    }

    private async Task EditElsewhereAsync(Product product, string name) => Assert.IsType<ProductOutcome.Done>(await NewNode().CatalogDesk.EditAsync(
        product.Id, product.Version, new ProductDraft { Brand = product.Brand, Name = name, Colorway = product.Colorway, Price = "120" }, "bo"));
}
