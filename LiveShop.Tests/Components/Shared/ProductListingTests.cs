using Bunit;
using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Components.Shared;

namespace LiveShop.Tests;

public sealed class ProductListingTests : IDisposable
{
    private static readonly Listing Soon = new(1, "SHU6000", "Snks 23", "Hop Man 3", "yellow/blue", 120, IsReleased: false, ScheduledAt: null, []);

    private readonly ShopTab tab = new();

    public void Dispose() => tab.Dispose();

    [Fact]
    public void It_shows_brand_name_colorway_price_and_picture()
    {
        var product = Render(Soon);

        Assert.Equal("1", product.Find("article.product-listing").GetAttribute("data-product-id"));
        Assert.Equal("Snks 23", product.Find(".product-listing__brand").TextContent);
        Assert.Equal("Hop Man 3", product.Find("h2").TextContent);
        Assert.Contains("yellow/blue", product.Find(".product-listing__line").TextContent, StringComparison.Ordinal);
        Assert.Equal("$120", product.Find(".product-listing__price").TextContent);
        Assert.Equal("/pictures/SHU6000.svg", product.Find("img").GetAttribute("src"));
    }

    [Fact]
    public void An_uploaded_picture_takes_the_place_of_the_drawn_one_in_two_widths()
    {
        var picture = Render(Soon with { PictureHash = "5e884898" }).Find("img");

        Assert.Equal("/pictures/1/5e884898", picture.GetAttribute("src"));
        Assert.Equal("/pictures/1/5e884898?w=480 480w, /pictures/1/5e884898 960w", picture.GetAttribute("srcset"));
        Assert.Equal("(max-width: 719px) 100vw, 480px", picture.GetAttribute("sizes"));
    }

    [Fact]
    public void A_drawn_picture_has_one_address()
    {
        var picture = Render(Soon).Find("img");

        Assert.False(picture.HasAttribute("srcset") || picture.HasAttribute("sizes"));
    }

    [Fact]
    public void Before_the_release_it_is_coming_soon_and_there_is_nothing_to_press()
    {
        var product = Render(Soon);

        Assert.Equal("coming soon...", product.Find(".product-soon").TextContent);
        Assert.Empty(product.FindAll(".size-container"));
        Assert.Empty(product.FindAll("button"));
    }

    [Fact]
    public void A_scheduled_release_is_told_with_its_time()
    {
        var scheduled = Soon with { ScheduledAt = new DateTimeOffset(2026, 11, 21, 16, 30, 0, TimeSpan.Zero) };

        Assert.Contains("21 November 2026 at 16:30 UTC", Render(scheduled).Find(".product-listing__promise").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("UTC", Render(Soon).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Released_it_has_a_button_for_each_size_with_its_level()
    {
        var product = Render(Released(StockLevel.High, StockLevel.Medium, StockLevel.Low, StockLevel.Out));

        Assert.Empty(product.FindAll(".product-soon"));
        Assert.Equal(
            ["11 6 high", "12 6.5 medium", "13 7 low", "14 7.5 out"],
            product.FindAll(".size-container button.size-container__entry[name=item_id]").Select(button =>
                $"{button.GetAttribute("value")} {button.TextContent} {button.ClassList.Single(name => name.StartsWith("size-container__entry--level-", StringComparison.Ordinal))[29..]}"));
    }

    [Fact]
    public void Only_a_size_that_is_out_is_disabled()
    {
        var product = Render(Released(StockLevel.Low, StockLevel.Out));

        Assert.False(product.Find("button[value='11']").HasAttribute("disabled"));
        Assert.True(product.Find("button[value='12']").HasAttribute("disabled"));
    }

    [Fact]
    public void A_button_says_its_size_its_level_and_whether_it_is_in_the_cart()
    {
        var product = Render(Released(StockLevel.High, StockLevel.Medium, StockLevel.Low, StockLevel.Out), inCart: [12]);

        Assert.Equal(
            ["Size 6, plenty", "Size 6.5, going, in your cart", "Size 7, last pairs", "Size 7.5, gone"],
            product.FindAll("button").Select(button => button.GetAttribute("aria-label")));
        Assert.Equal("Sizes of Hop Man 3", product.Find("[role=group]").GetAttribute("aria-label"));
    }

    [Fact]
    public void A_size_in_the_cart_is_marked()
    {
        var product = Render(Released(StockLevel.High, StockLevel.High), inCart: [12]);

        Assert.Equal("12", product.Find(".size-container__entry--in-cart").GetAttribute("value"));
        Assert.Single(product.FindAll(".size-container__entry--in-cart"));
    }

    [Fact]
    public void With_every_size_gone_it_is_sold_out()
    {
        var product = Render(Released(StockLevel.Low, StockLevel.Out));
        Assert.Empty(product.FindAll(".product-listing--sold-out, .product-listing__gone"));

        Show(product, Released(StockLevel.Out, StockLevel.Out));

        Assert.NotNull(product.Find(".product-listing--sold-out .product-listing__gone"));
        Assert.All(product.FindAll("button"), button => Assert.True(button.HasAttribute("disabled")));
    }

    [Fact]
    public void A_paused_product_says_why_and_none_of_its_sizes_can_be_pressed()
    {
        var listing = Released(StockLevel.High, StockLevel.Low);
        var product = Render(listing);
        Assert.Empty(product.FindAll(".product-listing__stopped"));

        Show(product, listing with { StopReason = "Wrong price" });

        Assert.Equal("Sale paused: Wrong price", product.Find("p.product-listing__stopped[role=note]").TextContent);
        Assert.All(product.FindAll("button"), button => Assert.True(button.HasAttribute("disabled")));
        Assert.Equal(["Size 6, plenty", "Size 6.5, last pairs"], product.FindAll("button").Select(button => button.GetAttribute("aria-label")));

        Show(product, listing);
        Assert.Empty(product.FindAll(".product-listing__stopped, button[disabled]"));
    }

    [Fact]
    public void A_paused_size_says_so_keeps_its_level_and_cannot_be_pressed()
    {
        var listing = Released(StockLevel.High, StockLevel.High);

        var product = Render(listing with { Sizes = [listing.Sizes[0], listing.Sizes[1] with { IsStopped = true }] }, inCart: [12]);

        var paused = product.Find(".size-container__entry--paused.size-container__entry--level-high.size-container__entry--in-cart");
        Assert.Equal(("12", "Size 6.5, paused, in your cart"), (paused.GetAttribute("value"), paused.GetAttribute("aria-label")));
        Assert.True(paused.HasAttribute("disabled"));
        Assert.Equal("11", product.Find("button:enabled").GetAttribute("value"));
        Assert.Empty(product.FindAll(".product-listing__stopped"));
    }

    [Fact]
    public void A_paused_product_that_is_coming_soon_says_nothing_of_it() =>
        Assert.DoesNotContain("paused", Render(Soon with { StopReason = "Wrong price" }).Markup, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public async Task A_press_reports_the_item()
    {
        var picked = new List<int>();
        var product = Render(Released(StockLevel.High, StockLevel.High), onPick: picked.Add);

        await product.Find("button[value='12']").ClickAsync();
        await product.Find("button[value='11']").ClickAsync();

        Assert.Equal([12, 11], picked);
    }

    [Fact]
    public void The_key_is_shown_where_it_is_asked_for_and_only_beside_sizes()
    {
        var listing = Released(StockLevel.High);
        var product = Render(listing);
        Assert.Empty(product.FindAll(".level-key"));

        product.Render(parameters => parameters.Add(p => p.Listing, listing).Add(p => p.ShowsKey, true));
        Assert.Single(product.FindAll(".level-key"));

        product.Render(parameters => parameters.Add(p => p.Listing, listing).Add(p => p.ShowsKey, false));
        Assert.Empty(product.FindAll(".level-key"));

        product.Render(parameters => parameters.Add(p => p.Listing, Soon).Add(p => p.ShowsKey, true));
        Assert.Empty(product.FindAll(".level-key"));
    }

    [Fact]
    public void The_same_listing_and_the_same_cart_render_nothing()
    {
        var listing = Released(StockLevel.High, StockLevel.Low);
        var product = Render(listing, inCart: [11]);

        for (var i = 0; i < 3; i++) Show(product, listing, [11]);

        Assert.Equal(1, product.RenderCount);
    }

    [Fact]
    public void A_new_listing_or_another_cart_renders_once()
    {
        var listing = Released(StockLevel.High, StockLevel.Low);
        var product = Render(listing);

        Show(product, listing, [11]);
        Assert.Equal(2, product.RenderCount);

        Show(product, Released(StockLevel.High, StockLevel.Out), [11]);
        Assert.Equal(3, product.RenderCount);
    }

    [Fact]
    public async Task A_press_alone_renders_nothing()
    {
        var product = Render(Released(StockLevel.High), onPick: _ => { });

        await product.Find("button").ClickAsync();

        Assert.Equal(1, product.RenderCount);
    }

    [Fact]
    public void Handlers_stay_the_same_while_levels_change()
    {
        var product = Render(Released(StockLevel.High, StockLevel.High));
        var before = HandlersOf(product);

        Show(product, Released(StockLevel.Medium, StockLevel.High));
        Show(product, Released(StockLevel.Low, StockLevel.Out), [11]);

        Assert.Equal(before, HandlersOf(product));
    }

    [Fact]
    public async Task Other_sizes_get_handlers_of_their_own()
    {
        var picked = new List<int>();
        var product = Render(Soon, onPick: picked.Add);
        var opened = Released(StockLevel.High, StockLevel.High);

        Show(product, opened);
        await product.Find("button[value='12']").ClickAsync();
        Show(product, opened with { Sizes = [new SizeListing(21, 6, StockLevel.High), new SizeListing(22, 6.5m, StockLevel.High)] });
        await product.Find("button[value='22']").ClickAsync();

        Assert.Equal([12, 22], picked);
    }

    /// <summary>Hop Man 3 on sale in sizes from 6 by halves, with the item ids 11, 12, …</summary>
    private static Listing Released(params StockLevel[] levels) => Soon with
    {
        IsReleased = true,
        Sizes = [.. levels.Select((level, i) => new SizeListing(11 + i, 6 + (i * 0.5m), level))],
    };

    private IRenderedComponent<ProductListing> Render(Listing listing, int[]? inCart = null, Action<int>? onPick = null) => tab.Render<ProductListing>(parameters => parameters
        .Add(p => p.Listing, listing)
        .Add(p => p.InCart, inCart ?? [])
        .Add(p => p.OnPick, onPick ?? (_ => { })));

    private static void Show(IRenderedComponent<ProductListing> product, Listing listing, int[]? inCart = null) =>
        product.Render(parameters => parameters.Add(p => p.Listing, listing).Add(p => p.InCart, inCart ?? []));

    /// <summary>bUnit writes the renderer's id of each handler into the markup; Blazor keeps it for as long as the handler is equal.</summary>
    private static List<string> HandlersOf(IRenderedComponent<ProductListing> product) =>
        [.. product.FindAll("button").Select(button => Assert.IsType<string>(button.GetAttribute("blazor:onclick")))];
}
