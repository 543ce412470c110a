using System.Text;
using LiveShop.Domain;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests;

public sealed class CatalogImportTests(PostgresServer postgres) : ShopTests(postgres)
{
    private const string Header = "style_code,brand,name,colorway,retail_price_usd,release_date,sizes,stock\n";

    [Fact]
    public async Task It_says_of_each_row_what_would_change_and_changes_nothing()
    {
        var node = await NewNode().WatchAsync();
        await node.AddProductAsync("SAME", stock: 5);
        await node.AddProductAsync("OTHER", stock: 5);
        await node.AddProductAsync("SOON", stock: 5, release: false);
        var retired = await node.AddProductAsync("OLD", stock: 5, release: false);
        await node.CatalogDesk.RetireAsync(retired.Id, "ana");
        var before = await Database.ReadAllAsync<long>("select version from products");

        var preview = await PreviewAsync(
            node,
            """
            NEW,Asler,Breezy,red,99.50,2126-12-24,8;9,3
            SAME,Snks 23,Name of SAME,black/white,120,2126-12-24,8,900
            OTHER,Asler,Renamed,black/white,99.50,2020-01-01,8;9,3
            SOON,Snks 23,Name of SOON,black/white,120,2126-12-24,8,3
            OLD,Snks 23,Back,black/white,120,2126-12-24,8,3
            """);

        Assert.Equal(
            [
                "NEW new soon [Opens: no date → 2126-12-24 00:00] 8 9",
                "SAME unchanged []",
                "OTHER changed [Brand: Snks 23 → Asler; Name: Name of OTHER → Renamed; Price: 120.00 → 99.50] 9",
                "SOON changed soon [Opens: no date → 2126-12-24 00:00]",
                "OLD changed retired [Name: Name of OLD → Back]",
            ],
            preview.Products.Select(Told));
        Assert.Equal((1, 3, 3, 2), (preview.New, preview.Changed, preview.NewSizes, preview.ToRelease));
        Assert.Equal(before, await Database.ReadAllAsync<long>("select version from products"));
    }

    [Fact]
    public async Task The_import_does_what_was_shown_and_then_nothing_is_left_to_do()
    {
        var node = await NewNode().WatchAsync();
        await node.AddProductAsync("A", stock: 5, release: false);
        const string Rows = "A,Snks 23,Renamed,black/white,120,2020-01-01,8;9,7\nB,b,n,c,1,2020-01-01,8,";

        var result = await ImportAsync(node, await PreviewAsync(node, Rows), release: true);

        Assert.Equal(new ImportResult(Created: 1, Updated: 1, ItemsAdded: 2), result);
        Assert.Equal(["A Renamed True", "B n True"], node.Inventory.Shelf.Listings.Select(listing => $"{listing.Sku} {listing.Name} {listing.IsReleased}"));
        Assert.Equal([5, 7, 40], (await Database.AvailableAsync()).Order());
        Assert.Equal("ana import catalog", (await node.Audit.FindAsync())!.Take(1).Select(entry => $"{entry.Actor} {entry.Action} {entry.Subject}").Single());
        Assert.True(await PreviewAsync(node, Rows) is { New: 0, Changed: 0, NewSizes: 0, ToRelease: 0 });
    }

    [Fact]
    public async Task What_came_into_the_store_between_the_two_is_updated_instead_of_added()
    {
        var node = await NewNode().WatchAsync();
        var preview = await PreviewAsync(node, "A,b,n,c,1,2020-01-01,8,3");
        await node.AddProductAsync("A", stock: 5);

        Assert.Equal(new ImportResult(Created: 0, Updated: 1, ItemsAdded: 0), await ImportAsync(node, preview));
        Assert.Equal([5], await Database.AvailableAsync());
    }

    [Fact]
    public async Task Of_several_who_import_the_same_at_once_none_fails()
    {
        var (left, right) = (NewNode(), NewNode());
        var preview = await PreviewAsync(left, "A,b,n,c,1,2020-01-01,8,3\nB,b,n,c,1,2020-01-01,8,3");

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => ImportAsync(i % 2 == 0 ? left : right, preview, release: true)));

        Assert.Equal(2, results.Sum(result => result.Created));
        Assert.Equal([3, 3], await Database.AvailableAsync());
    }

    [Fact]
    public async Task Of_several_who_add_the_same_size_at_once_by_file_and_by_hand_none_fails()
    {
        var (left, right) = (NewNode(), NewNode());
        var product = await left.AddProductAsync("A", stock: 5, sizes: [8]);
        var preview = await PreviewAsync(left, "A,Snks 23,Name of A,black/white,120,2020-01-01,8;9,3");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => i % 2 == 0
            ? ImportAsync(left, preview)
            : (Task)right.CatalogDesk.AddSizesAsync(product.Id, new ProductDraft { Sizes = "9", Stock = "3" }, "bo")));

        Assert.Equal([5, 3], await Database.AvailableAsync());
        Assert.Empty(await Database.ItemsWithAWrongLedgerAsync());
    }

    [Fact]
    public async Task A_bad_file_and_a_bad_number_of_pairs_are_told()
    {
        var node = NewNode();

        var bad = Assert.IsType<PreviewOutcome.BadFile>(await node.CatalogImport.PreviewAsync(Encoding.UTF8.GetBytes(Header + "A,,n,c,free,2020-01-01,,"), "40"));
        Assert.Equal(["row 2: brand is missing: ''", "row 2: retail_price_usd must be an amount such as 120 or 99.50: 'free'"], bad.Errors.Select(error => error.ToString()));
        Assert.Equal("must be a whole number from 0 to 1000000", Assert.IsType<PreviewOutcome.BadStock>(await node.CatalogImport.PreviewAsync([], "many")).Error.Reason);
        Assert.IsType<PreviewOutcome.BadFile>(await node.CatalogImport.PreviewAsync([0xFF, 0x00], "40"));
    }

    [Fact]
    public async Task While_the_database_is_away_it_is_refused()
    {
        await using var link = new DatabaseLink(Database);
        var preview = await PreviewAsync(NewNode(), "A,b,n,c,1,2020-01-01,8,3");
        var node = NewNode(connectionString: link.ConnectionString);
        link.Cut();

        Assert.IsType<PreviewOutcome.Unavailable>(await node.CatalogImport.PreviewAsync(Encoding.UTF8.GetBytes(Header + "A,b,n,c,1,2020-01-01,8,3"), "40"));
        Assert.IsType<ImportOutcome.Unavailable>(await node.CatalogImport.ImportAsync(preview, release: false, "ana"));
    }

    [Fact]
    public async Task The_good_rows_of_a_bad_file_are_shown_too_and_a_database_that_is_away_hides_no_error()
    {
        await using var link = new DatabaseLink(Database);
        var node = NewNode(connectionString: link.ConnectionString);
        await node.AddProductAsync("A", stock: 5);
        var file = Encoding.UTF8.GetBytes(Header + "A,b,Renamed,c,1,2020-01-01,8,3\nB,,n,c,1,2020-01-01,8,3");

        var bad = Assert.IsType<PreviewOutcome.BadFile>(await node.CatalogImport.PreviewAsync(file, "40"));
        Assert.Equal(["A"], bad.GoodRows.Products.Select(product => product.Spec.Sku));
        link.Cut();
        bad = Assert.IsType<PreviewOutcome.BadFile>(await node.CatalogImport.PreviewAsync(file, "40"));
        Assert.Equal(["row 3: brand is missing: ''"], bad.Errors.Select(error => error.ToString()));
        Assert.Empty(bad.GoodRows.Products);
    }

    [Fact]
    public async Task An_import_tells_how_far_it_is_and_changes_nothing_when_it_is_stopped_in_the_middle()
    {
        var node = NewNode();
        var preview = await PreviewAsync(node, string.Join('\n', Enumerable.Range(1, 450).Select(n => $"P{n:000},b,n,c,1,2020-01-01,8,3")));
        using var stop = new CancellationTokenSource();
        var told = new List<int>();

        var outcome = await node.CatalogImport.ImportAsync(preview, release: true, "ana", new Ear(count =>
        {
            told.Add(count);
            if (count == 400) stop.Cancel();
        }), stop.Token);

        Assert.IsType<ImportOutcome.Stopped>(outcome);
        Assert.Equal([200, 400], told);
        Assert.Empty(await Database.AvailableAsync());
        Assert.Empty(await Database.ReadAllAsync<string>("select action from audit_entries"));

        told.Clear();
        Assert.Equal(new ImportResult(Created: 450, Updated: 0, ItemsAdded: 450), await ImportAsync(node, preview, progress: new Ear(told.Add)));
        Assert.Equal([200, 400, 450], told);
    }

    private static async Task<ImportResult> ImportAsync(ShopNode node, ImportPreview preview, bool release = false, IProgress<int>? progress = null) =>
        Assert.IsType<ImportOutcome.Done>(await node.CatalogImport.ImportAsync(preview, release, "ana", progress)).Result;

    private static async Task<ImportPreview> PreviewAsync(ShopNode node, string rows) =>
        Assert.IsType<PreviewOutcome.Ready>(await node.CatalogImport.PreviewAsync(Encoding.UTF8.GetBytes(Header + rows), "40")).Preview;

    [Fact]
    public async Task A_style_code_in_another_case_is_that_of_the_product_in_the_store()
    {
        var node = NewNode();
        await node.AddProductAsync("Z-10", stock: 5, sizes: [8]);

        var preview = await PreviewAsync(node, "z-10,b,n,c,1,2020-01-01,8;9,3");
        Assert.True(preview is { New: 0, Changed: 1, NewSizes: 1 });
        await ImportAsync(node, preview);

        Assert.Equal(["Z-10"], await Database.ReadAllAsync<string>("select sku from products"));
        Assert.Contains("Z-10-9", await Database.ReadAllAsync<string>("select sku from items"));
        var draft = new ProductDraft { Sku = "z\u200b-10", Brand = "b", Name = "n", Colorway = "c", Price = "1", Stock = "1" };
        Assert.IsType<ProductOutcome.SkuTaken>(await node.CatalogDesk.CreateAsync(draft, "ana"));
    }

    private static string Told(ProductPreview product)
    {
        var kind = product.IsNew ? "new" : product.IsUnchanged ? "unchanged" : "changed";
        var changes = string.Join("; ", product.Changes.Select(change => $"{change.Field}: {change.Before} → {change.After}"));
        return $"{product.Spec.Sku} {kind}{(product.IsComingSoon ? " soon" : "")}{(product.IsRetired ? " retired" : "")} [{changes}] {string.Join(' ', product.NewSizes)}".Trim();
    }

    /// <summary>Hears at once, on the thread that imports.</summary>
    private sealed class Ear(Action<int> hear) : IProgress<int>
    {
        public void Report(int value) => hear(value);
    }
}
