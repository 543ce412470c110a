using System.Net;
using LiveShop.Domain;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests.Pictures;

/// <summary>What a browser is sent of the pictures that operators uploaded.</summary>
public sealed class UploadedPictureTests(PostgresServer postgres) : HostTests(postgres)
{
    private static readonly StoredPicture Wide = new("image/webp", [1, 2, 3, 4], [5, 6]);

    /// <summary>As the release before stored it.</summary>
    private static readonly StoredPicture Old = new("image/png", SomePicture.Png);

    [Fact]
    public async Task A_picture_is_served_as_what_it_is_for_good_and_can_do_nothing()
    {
        var address = await PutAsync(Wide);

        using var answer = await Browser.GetAsync(address);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(Wide.Bytes, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("image/webp", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("inline", answer.Content.Headers.ContentDisposition!.ToString());
        Assert.Equal("public, max-age=31536000, immutable", Header(answer, "Cache-Control"));
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal("default-src 'none'; sandbox", Header(answer, "Content-Security-Policy"));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_browser_gets_the_width_that_it_asks_for()
    {
        var address = await PutAsync(Wide);

        Assert.Equal(Wide.SmallBytes, await Browser.GetByteArrayAsync(address + "?w=480"));
        Assert.Equal(Wide.Bytes, await Browser.GetByteArrayAsync(address + "?w=960"));
        using var none = await Browser.GetAsync(address + "?w=wide");
        Assert.Equal(HttpStatusCode.BadRequest, none.StatusCode);
    }

    [Fact]
    public async Task A_picture_from_before_there_were_two_widths_is_served_as_it_is_under_both()
    {
        var address = await PutAsync(Old);

        using var answer = await Browser.GetAsync(address + "?w=480");

        Assert.Equal("image/png", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(Old.Bytes, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(Old.Bytes, await Browser.GetByteArrayAsync(address));
    }

    [Fact]
    public async Task The_store_shows_it_and_after_its_removal_the_drawn_one()
    {
        var address = await PutAsync(Wide);
        Assert.Contains($"src=\"{address}\" srcset=\"{address}?w=480 480w, {address} 960w\"", await Browser.GetStringAsync("/"), StringComparison.Ordinal);

        await Node.ProductPictures.RemoveAsync(1, "ana");

        Assert.Matches("src=\"/pictures/1/[0-9a-f]{8}\\.svg\"", await Browser.GetStringAsync("/"));
        await NotFoundAsync(address);
    }

    [Fact]
    public async Task A_hash_that_the_product_does_not_have_leads_to_nothing()
    {
        var address = await PutAsync(Wide);

        await NotFoundAsync(address.Replace("/1/", "/2/", StringComparison.Ordinal));
        await NotFoundAsync("/pictures/1/" + new string('0', 64));
        await NotFoundAsync("/pictures/1/0");
        await NotFoundAsync(address.ToUpperInvariant().Replace("PICTURES", "pictures", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_read_from_the_database_once()
    {
        var address = await PutAsync(Wide);
        await Browser.GetByteArrayAsync(address);
        // Past the domain, so that the Shelf still knows it.
        await Database.ExecuteAsync("delete from product_pictures");

        Assert.Equal(Wide.Bytes, await Browser.GetByteArrayAsync(address));
    }

    [Fact]
    public async Task A_picture_that_this_node_has_not_heard_of_yet_is_served_all_the_same()
    {
        var product = await Node.AddProductAsync("A", stock: 5);
        var other = NewNode();
        await other.ProductPictures.PutAsync(product.Id, Wide, "ana");

        var hash = await Database.ReadAsync<string>("select picture_sha256 from products");

        Assert.Equal(Wide.Bytes, await Browser.GetByteArrayAsync($"/pictures/{product.Id}/{hash}"));
    }

    private async Task<string> PutAsync(StoredPicture picture)
    {
        var product = await Node.AddProductAsync("A", stock: 5, release: false);
        Assert.Equal(PictureOutcome.Done, await Node.ProductPictures.PutAsync(product.Id, picture, "ana"));
        return $"/pictures/{product.Id}/{Node.Inventory.Shelf.FindProduct(product.Id)!.PictureHash}";
    }

    private async Task NotFoundAsync(string address)
    {
        using var answer = await Browser.GetAsync(address);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.NotEqual("public, max-age=31536000, immutable", Header(answer, "Cache-Control"));
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? Assert.Single(values) : null;
}
