using LiveShop.Domain;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests.Pictures;

public sealed class ProductPicturesTests(PostgresServer postgres) : ShopTests(postgres)
{
    [Fact]
    public async Task A_picture_shows_on_the_Shelf_of_every_node_and_each_of_them_has_it()
    {
        var (node, other) = (await NewNode().WatchAsync(), await NewNode().WatchAsync());
        var product = await node.AddProductAsync("A", stock: 5, release: false);

        Assert.Equal(PictureOutcome.Done, await node.ProductPictures.PutAsync(product.Id, SomePicture.Png, "ana"));

        var hash = Assert.IsType<string>(node.Inventory.Shelf.Listings[0].PictureHash);
        await Eventually.TrueAsync(() => other.Inventory.Shelf.Listings is [{ PictureHash: { } known }] && known == hash);
        var picture = (await other.ProductPictures.FindAsync(product.Id, hash))!;
        Assert.Equal("image/png", picture.ContentType);
        Assert.Equal(SomePicture.Png, picture.Bytes);
    }

    [Fact]
    public async Task Another_picture_takes_its_place_under_another_hash_and_a_removed_one_is_gone()
    {
        var node = await NewNode().WatchAsync();
        var product = await node.AddProductAsync("A", stock: 5);
        await node.ProductPictures.PutAsync(product.Id, SomePicture.Png, "ana");
        var first = node.Inventory.Shelf.Listings[0].PictureHash!;

        Assert.Equal(PictureOutcome.AlreadySo, await node.ProductPictures.PutAsync(product.Id, SomePicture.Png, "ana"));
        Assert.Equal(PictureOutcome.Done, await node.ProductPictures.PutAsync(product.Id, SomePicture.Jpeg, "ana"));
        var second = node.Inventory.Shelf.Listings[0].PictureHash!;
        Assert.Null(await node.ProductPictures.FindAsync(product.Id, first));
        Assert.Equal("image/jpeg", (await node.ProductPictures.FindAsync(product.Id, second))!.ContentType);

        Assert.Equal(PictureOutcome.Done, await node.ProductPictures.RemoveAsync(product.Id, "bo"));
        Assert.Equal(PictureOutcome.AlreadySo, await node.ProductPictures.RemoveAsync(product.Id, "bo"));
        Assert.Null(node.Inventory.Shelf.Listings[0].PictureHash);
        Assert.Null(await node.ProductPictures.FindAsync(product.Id, second));
        Assert.Equal(
            [$"ana picture product A - {first}", $"ana picture product A {first} {second}", $"bo picture product A {second} -"],
            await Database.ReadAllAsync<string>(
                """
                select concat_ws(' ', actor, action, subject, coalesce(before ->> 'pictureSha256', '-'), coalesce(after ->> 'pictureSha256', '-'))
                from audit_entries where action <> 'import' order by id
                """));
    }

    [Fact]
    public async Task What_is_too_large_or_no_picture_is_refused_and_changes_nothing()
    {
        var node = NewNode();
        var product = await node.AddProductAsync("A", stock: 5);

        Assert.Equal(PictureOutcome.NotAPicture, await node.ProductPictures.PutAsync(product.Id, SomePicture.Latin("<svg/>"), "ana"));
        Assert.Equal(PictureOutcome.TooLarge, await node.ProductPictures.PutAsync(product.Id, new byte[ProductPictures.MaxBytes + 1], "ana"));
        Assert.Equal(PictureOutcome.TooManyPixels, await node.ProductPictures.PutAsync(product.Id, SomePicture.PngOfSize(4001, 1), "ana"));
        Assert.Equal(PictureOutcome.TooManyPixels, await node.ProductPictures.PutAsync(product.Id, SomePicture.PngOfSize(1, 4001), "ana"));
        Assert.Equal(PictureOutcome.Unknown, await node.ProductPictures.PutAsync(404, SomePicture.Png, "ana"));

        Assert.Empty(await Database.ReadAllAsync<int>("select product_id from product_pictures"));
        Assert.Equal(PictureOutcome.Done, await node.ProductPictures.PutAsync(product.Id, SomePicture.PngOfSize(4000, 4000), "ana"));
    }

    [Fact]
    public async Task A_reset_takes_the_pictures_with_the_products()
    {
        var node = NewNode();
        await node.ProductPictures.PutAsync((await node.AddProductAsync("A", stock: 5)).Id, SomePicture.Png, "ana");

        await node.Database.ResetAsync([Some.Spec("B")]);

        Assert.Empty(await Database.ReadAllAsync<int>("select product_id from product_pictures"));
    }

    [Fact]
    public async Task While_the_database_is_away_it_is_refused()
    {
        await using var link = new DatabaseLink(Database);
        var product = await NewNode().AddProductAsync("A", stock: 5);
        link.Cut();

        Assert.Equal(PictureOutcome.Unavailable, await NewNode(connectionString: link.ConnectionString).ProductPictures.PutAsync(product.Id, SomePicture.Png, "ana"));
    }
}
