using Bunit;
using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Components.Pages.Admin;
using LiveShop.Web.Pictures;
using Microsoft.AspNetCore.Components.Forms;

namespace LiveShop.Tests;

public sealed class ProductPageTests(PostgresServer postgres) : DeskTests(postgres)
{
    [Fact]
    public async Task It_shows_the_product_and_saves_what_is_typed()
    {
        var product = await Node.AddProductAsync("A", stock: 5, sizes: [8, 9.5m]);
        var page = await OpenAsync(product.Id);
        Assert.Equal(("Name of A", "120"), (page.Find("h1").TextContent, page.Find("#product-price").GetAttribute("value")));
        Assert.Equal(["8", "9.5"], page.FindAll(".sizes li").Select(size => size.TextContent));

        await page.TypeAsync("#product-name", "Renamed");
        await page.TypeAsync("#product-price", "99.50");
        await page.SubmitAsync("form");

        Assert.Equal(("Saved.", "Renamed"), (NoticeOf(page), page.Find("h1").TextContent));
        Assert.True(Node.Inventory.Shelf.Listings is [{ Name: "Renamed", Price: 99.5m }]);
    }

    [Fact]
    public async Task What_somebody_else_wrote_meanwhile_stands_beside_what_is_typed_and_a_second_save_writes_that()
    {
        var product = await Node.AddProductAsync("A", stock: 5);
        var page = await OpenAsync(product.Id);
        await page.TypeAsync("#product-name", "Mine");
        await EditElsewhereAsync(product, "Theirs");

        await page.SubmitAsync("form");
        Assert.Contains("Somebody changed the product meanwhile", NoticeOf(page), StringComparison.Ordinal);
        Assert.Equal("Now: Theirs", page.Find(".product-field__theirs").TextContent);
        Assert.Equal("Mine", page.Find("#product-name").GetAttribute("value"));
        Assert.Equal("Theirs", page.Find("h1").TextContent);

        await page.SubmitAsync("form");
        Assert.Equal("Saved.", NoticeOf(page));
        Assert.Equal("Mine", Node.Inventory.Shelf.Listings[0].Name);
    }

    [Fact]
    public async Task A_form_in_which_nothing_is_typed_follows_what_others_write()
    {
        var product = await Node.AddProductAsync("A", stock: 5);
        var page = await OpenAsync(product.Id);

        await EditElsewhereAsync(product, "Theirs");

        await page.WaitForAssertionAsync(() => Assert.Equal("Theirs", page.Find("#product-name").GetAttribute("value")));
    }

    [Fact]
    public async Task A_pause_or_a_release_meanwhile_is_no_reason_to_refuse_the_form()
    {
        var product = await Node.AddProductAsync("A", stock: 5, release: false);
        var page = await OpenAsync(product.Id);
        await page.TypeAsync("#product-name", "Mine");
        await Node.DropControl.StopAsync(product.Id, null, "Reason", "bo");
        await Node.Inventory.ReleaseAsync(product.Id, "bo");

        await page.SubmitAsync("form");

        Assert.Equal("Saved.", NoticeOf(page));
    }

    [Fact]
    public async Task What_is_wrong_stands_at_its_field_and_nothing_typed_is_lost()
    {
        var page = await OpenAsync((await Node.AddProductAsync("A", stock: 5)).Id);
        await page.TypeAsync("#product-name", "");
        await page.TypeAsync("#product-brand", "Other");

        await page.SubmitAsync("form");

        Assert.Equal("Name is missing.", page.Find(".product-field__error").TextContent);
        Assert.Equal("Other", page.Find("#product-brand").GetAttribute("value"));
    }

    [Fact]
    public async Task Sizes_are_added()
    {
        var page = await OpenAsync((await Node.AddProductAsync("A", stock: 5, sizes: [8])).Id);

        await AddSizesAsync(page, "9;");
        Assert.Contains("Sizes must be different numbers", page.Find(".product-field__error").TextContent, StringComparison.Ordinal);
        await AddSizesAsync(page, "8;9;10");

        Assert.Equal("Sizes added: 2.", NoticeOf(page));
        Assert.Equal(["8", "9", "10"], page.FindAll(".sizes li").Select(size => size.TextContent));
        await AddSizesAsync(page, "9");
        Assert.Contains("has these sizes already", NoticeOf(page), StringComparison.Ordinal);
        Assert.Equal([5, 200, 200], await Database.AvailableAsync());
    }

    [Fact]
    public async Task It_is_retired_after_a_second_press_and_brought_back()
    {
        var page = await OpenAsync((await Node.AddProductAsync("A", stock: 5)).Id);

        await page.PressAsync(".confirm__ask");
        Assert.Single(Node.Inventory.Shelf.Listings);
        await page.PressAsync(".confirm__yes");
        Assert.Equal("Name of A is retired.", NoticeOf(page));
        Assert.Empty(Node.Inventory.Shelf.Listings);

        await page.PressAsync("[name=bring-back]");
        Assert.Equal("Name of A is back in the store.", NoticeOf(page));
        Assert.Single(Node.Inventory.Shelf.Listings);
    }

    [Fact]
    public async Task An_uploaded_picture_shows_at_once_and_can_be_removed()
    {
        var product = await Node.AddProductAsync("A", stock: 5);
        var page = await OpenAsync(product.Id);
        var drawn = page.Find(".picture__now").GetAttribute("src");

        await UploadAsync(page, SomePicture.Png, "shoe.png", told: "Shoppers see the new picture.");
        Assert.Equal($"/pictures/{product.Id}/{Node.Inventory.Shelf.Listings[0].PictureHash}", page.Find(".picture__now").GetAttribute("src"));

        await page.PressAsync(".picture .confirm__ask");
        await page.PressAsync(".picture .confirm__yes");
        Assert.Equal(drawn, page.Find(".picture__now").GetAttribute("src"));
        Assert.Null(Node.Inventory.Shelf.Listings[0].PictureHash);
    }

    [Fact]
    public async Task A_file_that_is_no_picture_is_refused_whatever_its_name_and_nothing_typed_is_lost()
    {
        var page = await OpenAsync((await Node.AddProductAsync("A", stock: 5)).Id);
        await page.TypeAsync("#product-name", "Mine");

        await UploadAsync(page, SomePicture.Latin("<svg onload=\"alert(1)\"/>"), "shoe.png", told: "shoe.png is no PNG, JPEG or WebP picture");
        await UploadAsync(page, SomePicture.Png[..60], "part.png", told: "part.png is not whole");
        await UploadAsync(page, new byte[PictureEncoder.MaxBytes + 1], "large.png", told: "large.png is larger than 5 MB.");

        Assert.Null(Node.Inventory.Shelf.Listings[0].PictureHash);
        Assert.Equal("Mine", page.Find("#product-name").GetAttribute("value"));
    }

    [Fact]
    public async Task A_product_that_is_not_there_is_none() => Assert.Equal("No such product", (await OpenAsync(404)).Find("h1").TextContent);

    [Fact]
    public async Task Somebody_who_is_not_signed_in_sees_nothing_of_it()
    {
        var product = await Node.AddProductAsync("A", stock: 5);

        Assert.Empty(OpenOperatorTab(new OperatorTabSession(null)).Render<ProductPage>(parameters => parameters.Add(page => page.Id, product.Id)).Markup);
    }

    private Task<IRenderedComponent<ProductPage>> OpenAsync(int id) => OpenDeskPageAsync<ProductPage>(parameters: parameters => parameters.Add(page => page.Id, id));

    private static async Task UploadAsync(IRenderedComponent<ProductPage> page, byte[] bytes, string name, string told)
    {
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary(bytes, name, contentType: "image/png"));
        await page.WaitForAssertionAsync(() => Assert.StartsWith(told, NoticeOf(page), StringComparison.Ordinal));
    }

    private static async Task AddSizesAsync(IRenderedComponent<ProductPage> page, string sizes)
    {
        await page.TypeAsync("#product-sizes", sizes);
        await page.InvokeAsync(() => page.FindAll("form")[1].SubmitAsync());
    }

    private async Task EditElsewhereAsync(Product product, string name) => Assert.IsType<ProductOutcome.Done>(await NewNode().CatalogDesk.EditAsync(
        product.Id, product.Version, new ProductDraft { Brand = product.Brand, Name = name, Colorway = product.Colorway, Price = "120" }, "bo"));
}
