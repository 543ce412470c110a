using LiveShop.Domain;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests.Pictures;

public sealed class ProductPicturesTests(PostgresServer postgres) : ShopTests(postgres)
{
    private static readonly StoredPicture Wide = new("image/webp", [1, 2, 3, 4], [5, 6]);
    private static readonly StoredPicture Narrow = new("image/png", [7, 8, 9]);

    [Fact]
    public async Task A_picture_shows_on_the_Shelf_of_every_node_and_each_of_them_has_it()
    {
        var (node, other) = (await NewNode().WatchAsync(), await NewNode().WatchAsync());
        var product = await node.AddProductAsync("A", stock: 5, release: false);

        Assert.Equal(PictureOutcome.Done, await node.ProductPictures.PutAsync(product.Id, Wide, "ana"));

        var hash = Assert.IsType<string>(node.Inventory.Shelf.Listings[0].PictureHash);
        await Eventually.TrueAsync(() => other.Inventory.Shelf.Listings is [{ PictureHash: { } known }] && known == hash);
        var picture = (await other.ProductPictures.FindAsync(product.Id, hash))!;
        Assert.Equal(Wide.ContentType, picture.ContentType);
        Assert.Equal(Wide.Bytes, picture.Bytes);
        Assert.Equal(Wide.SmallBytes, picture.SmallBytes);
    }

    [Fact]
    public async Task Another_picture_takes_its_place_under_another_hash_and_a_removed_one_is_gone()
    {
        var node = await NewNode().WatchAsync();
        var product = await node.AddProductAsync("A", stock: 5);
        await node.ProductPictures.PutAsync(product.Id, Wide, "ana");
        var first = node.Inventory.Shelf.Listings[0].PictureHash!;

        Assert.Equal(PictureOutcome.AlreadySo, await node.ProductPictures.PutAsync(product.Id, Wide, "ana"));
        Assert.Equal(PictureOutcome.Done, await node.ProductPictures.PutAsync(product.Id, Narrow, "ana"));
        var second = node.Inventory.Shelf.Listings[0].PictureHash!;
        Assert.Null(await node.ProductPictures.FindAsync(product.Id, first));
        Assert.True(await node.ProductPictures.FindAsync(product.Id, second) is { ContentType: "image/png", SmallBytes: null });

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
    public async Task A_picture_that_a_node_of_the_release_before_replaced_has_no_small_one()
    {
        var node = await NewNode().WatchAsync();
        var product = await node.AddProductAsync("A", stock: 5);
        await node.ProductPictures.PutAsync(product.Id, Wide, "ana");

        await Database.ExecuteAsync(
            $"""
            insert into product_pictures (product_id, sha256, content_type, bytes) values ({product.Id}, 'other', 'image/png', 'other')
            on conflict (product_id) do update set (sha256, content_type, bytes) = (excluded.sha256, excluded.content_type, excluded.bytes)
            """);

        var picture = (await node.ProductPictures.FindAsync(product.Id, "other"))!;
        Assert.Equal(("image/png", null), (picture.ContentType, picture.SmallBytes));
    }

    [Fact]
    public async Task A_product_that_does_not_exist_gets_none()
    {
        Assert.Equal(PictureOutcome.Unknown, await NewNode().ProductPictures.PutAsync(404, Wide, "ana"));
        Assert.Empty(await Database.ReadAllAsync<int>("select product_id from product_pictures"));
    }

    [Fact]
    public async Task A_reset_takes_the_pictures_with_the_products()
    {
        var node = NewNode();
        await node.ProductPictures.PutAsync((await node.AddProductAsync("A", stock: 5)).Id, Wide, "ana");

        await node.Database.ResetAsync([Some.Spec("B")]);

        Assert.Empty(await Database.ReadAllAsync<int>("select product_id from product_pictures"));
    }

    [Fact]
    public async Task While_the_database_is_away_it_is_refused()
    {
        await using var link = new DatabaseLink(Database);
        var product = await NewNode().AddProductAsync("A", stock: 5);
        link.Cut();

        Assert.Equal(PictureOutcome.Unavailable, await NewNode(connectionString: link.ConnectionString).ProductPictures.PutAsync(product.Id, Wide, "ana"));
    }
}
