using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Bunit;
using LiveShop.Tests.Harness;
using LiveShop.Web.Components.Pages.Admin;
using Microsoft.AspNetCore.Components.Forms;

namespace LiveShop.Tests;

public sealed class ImportPageTests(PostgresServer postgres) : DeskTests(postgres)
{
    private const string Header = "style_code,brand,name,colorway,retail_price_usd,release_date,sizes\n";

    private ShopTab tab = null!;

    [Fact]
    public async Task A_file_is_shown_first_and_imported_after_a_question()
    {
        await Node.AddProductAsync("A", stock: 5);
        var page = await OpenAsync();

        await ChooseAsync(page, "A,Snks 23,Renamed,black/white,120,2020-01-01,8;9\nB,b,n,c,1299.5,2099-01-01,8", "1 new, 1 changed, 0 unchanged; 2 new sizes.");
        Assert.Equal(
            ["Snks 23 RenamedA|changed|120.00|200|–|Name: Name of A → RenamedNew sizes: 9", "b nB|newopens in years|1,299.50|200|2099-01-01 00:00|Opens: no date → 2099-01-01 00:00New sizes: 8"],
            RowsOf(page));
        var importing = page.PressAsync("[name=import]");
        await tab.Dialogs.WaitForAssertionAsync(() => Assert.Contains("Adds 1, changes 1, releases 0. Shoppers see it at once", tab.Dialogs.Markup, StringComparison.Ordinal));
        Assert.Equal("Name of A", Node.Inventory.Shelf.Listings.Single().Name);
        await PressButtonAsync(tab.Dialogs, "Import");
        await importing;

        await ToldAsync("Imported: 1 added, 1 brought up to date, 2 new sizes.");
        Assert.Equal(["A Renamed True", "B n False"], Node.Inventory.Shelf.Listings.Select(listing => $"{listing.Sku} {listing.Name} {listing.IsReleased}"));
        Assert.Equal([5, 200, 200], await Database.AvailableAsync());
        Assert.Empty(page.FindAll("table"));
    }

    [Fact]
    public async Task The_preview_is_filtered_by_what_the_import_does()
    {
        await Node.AddProductAsync("A", stock: 5);
        await Node.AddProductAsync("B", stock: 5);
        var page = await OpenAsync();
        await ChooseAsync(page, "A,Snks 23,Renamed,black/white,120,2020-01-01,8\nB,Snks 23,Name of B,black/white,120,2020-01-01,8\nC,b,n,c,100,2020-01-01,8", "1 new, 1 changed, 1 unchanged");
        Assert.Equal(["changed", "new"], KindsOf(page));

        await page.PressAsync("[name=show-unchanged]");
        Assert.Equal(["unchanged"], KindsOf(page));
        await page.PressAsync("[name=show-new]");
        Assert.Equal(["new"], KindsOf(page));
        await page.PressAsync("[name=show-refused]");
        Assert.DoesNotContain(RowsOf(page), row => row.Contains('|', StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_looks_like_a_slip_is_marked()
    {
        var page = await OpenAsync();

        await ChooseAsync(page, "A,b,n,c,120,2020-01-01,8\nB,b,n,c,130,2020-01-01,8\nC,b,n,c,1.3,2020-01-01,8\nD,b,n,c,12000,2020-01-01,8\nE,b,n,c,125,2062-01-01,8", "5 new");

        Assert.Equal(["new", "new", "newcheap beside the others", "newdear beside the others", "newopens in years"], KindsOf(page));
    }

    [Fact]
    public async Task A_file_with_other_columns_is_read_once_it_is_said_what_they_are()
    {
        var page = await OpenAsync();
        Upload(page, "style_code;Vendor;name;colorway;retail_price_usd;release_date;notes\nA;b;n;c;129,90;24.09.2016;x");
        await page.WaitForAssertionAsync(() => Assert.Contains("the column 'Vendor' is not known", page.Markup, StringComparison.Ordinal));

        await page.ChangeAsync("#import-map", "Vendor=brand");
        await page.ChangeAsync("#import-ignore", "notes");
        await page.ChangeAsync("#import-dates", "dd.MM.yyyy");

        await page.WaitForAssertionAsync(() => Assert.Equal("UTF-8, separated by semicolons", page.Find(".import__format").TextContent));
        Assert.Equal(["b nA|new|129.90|3,000|–|New sizes: 6 6.5 7 7.5 8 8.5 9 9.5 10 10.5 11 11.5 12 12.5 13"], RowsOf(page));
    }

    [Fact]
    public async Task Products_are_released_at_once_where_asked_to()
    {
        var page = await OpenAsync();
        await ChooseAsync(page, "B,b,n,c,1,2020-01-01,8", "1 new");

        await page.InvokeAsync(() => page.Find("[name=release]").ChangeAsync(true));
        await ImportAsync(page, asks: "releases 1");

        Assert.True(Node.Inventory.Shelf.Listings is [{ IsReleased: true }]);
    }

    [Fact]
    public async Task What_is_wrong_is_told_by_row_beside_what_the_good_rows_would_change_and_cannot_be_imported()
    {
        var page = await OpenAsync();

        await ChooseAsync(page, "A,b,n,c,free,2020-01-01,8\nB,,n,c,1,2020-01-01,8\nC,b,n,c,1,2020-01-01,8", "2 bad rows");

        Assert.Equal(["2|retail_price_usd must be an amount such as 120 or 99.50|free", "3|brand is missing|"], RowsOf(page));
        Assert.Contains("shoes.csv cannot be imported. Nothing was changed.", page.Find(".import__trouble").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[name=import]"));
        await page.PressAsync("[name=show-new]");
        Assert.Equal(["new"], KindsOf(page));
    }

    [Fact]
    public async Task Other_pairs_per_size_are_looked_at_anew()
    {
        var page = await OpenAsync();
        await ChooseAsync(page, "B,b,n,c,1,2020-01-01,8", "1 new");

        await page.TypeAsync("#product-stock", "many");
        Assert.Empty(page.FindAll("[name=import]"));
        await page.WaitForAssertionAsync(() => Assert.Contains("must be a whole number", page.Find(".product-field .me-auto").TextContent, StringComparison.Ordinal));
        await page.TypeAsync("#product-stock", "1,007");
        await page.PressAsync("[name=preview]");
        await page.WaitForElementAsync("[name=import]");
        await ImportAsync(page, asks: "Adds 1");

        Assert.Equal([1007], await Database.AvailableAsync());
    }

    [Fact]
    public async Task A_file_that_changes_nothing_cannot_be_imported()
    {
        await Node.AddProductAsync("A", stock: 5);
        var page = await OpenAsync();

        await ChooseAsync(page, "A,Snks 23,Name of A,black/white,120,2020-01-01,8", "0 new, 0 changed, 1 unchanged");

        Assert.Empty(page.FindAll("[name=import]"));
    }

    [Fact]
    public async Task While_the_database_is_away_it_says_so_and_the_file_stays()
    {
        var page = await OpenAsync();
        await ChooseAsync(page, "B,b,n,c,1,2020-01-01,8", "1 new");
        Link.Cut();

        await ImportAsync(page, asks: "Adds 1");
        Assert.Contains("out of reach", page.Find(".import__trouble").TextContent, StringComparison.Ordinal);
        Link.Mend();
        await ImportAsync(page, asks: "Adds 1");

        await ToldAsync("Imported: 1 added");
    }

    [Fact]
    public async Task An_import_that_is_stopped_says_that_nothing_was_changed_and_the_file_stays()
    {
        var page = await OpenAsync();
        await ChooseAsync(page, "B,b,n,c,1,2020-01-01,8", "1 new");
        Link.Freeze();

        var importing = ImportAsync(page, asks: "Adds 1");
        await page.WaitForElementAsync("[name=stop]");
        Assert.NotEmpty(page.FindAll(".import__progress"));
        await page.PressAsync("[name=stop]");
        Link.Thaw();
        await importing;

        await ToldAsync("Nothing was changed.");
        Assert.NotEmpty(page.FindAll("[name=import]"));
        Assert.Empty(await Database.AvailableAsync());
    }

    [Fact]
    public async Task A_file_that_arrives_after_another_was_chosen_is_not_shown_in_its_place()
    {
        var page = await OpenAsync();
        var slow = new SlowFile();
        var reading = ChooseAsync(page, slow);
        await ChooseAsync(page, "B,b,n,c,1,2020-01-01,8", "1 new");

        slow.Arrive(Header + "C,b,late,c,1,2020-01-01,8\nD,b,late,c,1,2020-01-01,8");
        await reading;

        Assert.Equal("shoes.csv", page.Find(".import__preview h2").TextContent);
        Assert.Single(RowsOf(page));
    }

    [Fact]
    public async Task A_file_that_the_browser_cannot_read_any_more_is_asked_for_again()
    {
        var page = await OpenAsync();
        var lost = new SlowFile();
        var reading = ChooseAsync(page, lost);

        lost.Fail(new InvalidOperationException("An error occurred while reading the remote stream."));
        await reading;

        Assert.Equal("slow.csv did not arrive. Choose it again.", page.Find(".import__trouble").TextContent.Trim());
    }

    [Fact]
    public void Somebody_who_is_not_signed_in_sees_nothing_of_it() => Assert.Empty(OpenOperatorTab(new OperatorTabSession(null)).Render<ImportPage>().Markup);

    private static IEnumerable<string> RowsOf(IRenderedComponent<ImportPage> page) =>
        page.FindAll("tbody tr").Select(row => string.Join('|', row.Children.Select(cell => cell.TextContent.ReplaceLineEndings("").Trim())));

    private static IEnumerable<string> KindsOf(IRenderedComponent<ImportPage> page) => RowsOf(page).Select(row => row.Split('|')[1]);

    private Task<IRenderedComponent<ImportPage>> OpenAsync()
    {
        tab = OpenOperatorTab();
        return OpenDeskPageAsync<ImportPage>(tab);
    }

    private Task ToldAsync(string words) => tab.Messages.WaitForAssertionAsync(() => Assert.Contains(words, tab.Messages.Markup, StringComparison.Ordinal));

    /// <summary>Imports and answers the question. Completes when the page has dealt with it.</summary>
    private async Task ImportAsync(IRenderedComponent<ImportPage> page, string asks)
    {
        var importing = page.PressAsync("[name=import]");
        await tab.Dialogs.WaitForAssertionAsync(() => Assert.Contains(asks, tab.Dialogs.Markup, StringComparison.Ordinal));
        await PressButtonAsync(tab.Dialogs, "Import");
        await importing;
    }

    /// <summary>Completes when the page has dealt with it.</summary>
    private static Task ChooseAsync(IRenderedComponent<ImportPage> page, IBrowserFile file) =>
        page.InvokeAsync(() => page.FindComponents<InputFile>()[^1].Instance.OnChange.InvokeAsync(new InputFileChangeEventArgs([file])));

    private static void Upload(IRenderedComponent<ImportPage> page, string file) =>
        page.FindComponents<InputFile>()[^1].UploadFiles(InputFileContent.CreateFromBinary(Encoding.UTF8.GetBytes(file), "shoes.csv"));

    private static async Task ChooseAsync(IRenderedComponent<ImportPage> page, string rows, string shows)
    {
        Upload(page, Header + rows);
        await page.WaitForAssertionAsync(() => Assert.Contains(shows, page.Find(".desk").TextContent, StringComparison.Ordinal));
    }

    /// <summary>A file whose bytes come when the test says so, or never.</summary>
    private sealed class SlowFile : IBrowserFile
    {
        private readonly Pipe pipe = new();

        public string Name => "slow.csv";

        public DateTimeOffset LastModified => default;

        public long Size => 1;

        public string ContentType => "text/csv";

        public Stream OpenReadStream(long maxAllowedSize = 512_000, CancellationToken cancellationToken = default) => pipe.Reader.AsStream();

        public void Arrive(string text)
        {
            pipe.Writer.Write(Encoding.UTF8.GetBytes(text));
            pipe.Writer.Complete();
        }

        public void Fail(Exception exception) => pipe.Writer.Complete(exception);
    }
}
