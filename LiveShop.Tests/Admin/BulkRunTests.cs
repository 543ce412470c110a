using LiveShop.Domain;
using LiveShop.Web.Admin;

namespace LiveShop.Tests;

public sealed class BulkRunTests
{
    private static readonly Product[] Products = [.. Enumerable.Range(1, 4).Select(id => new Product(id, $"P{id}", "b", $"n{id}", "c", 1, null, null, 1, []))];

    [Fact]
    public async Task It_tells_per_product_what_was_done_and_what_was_not()
    {
        var run = new BulkRun(Products, line => Task.FromResult(line with { State = line.Product.Id == 2 ? BulkState.Refused : BulkState.Done, Told = $"{line.Product.Name}!" }));
        var changes = 0;

        await run.RunAsync(() => changes++, default);

        Assert.Equal(["n1!", "n2!", "n3!", "n4!"], run.Lines.Select(line => line.Told));
        Assert.Equal((3, 1, 0, 4), (run.Done, run.Refused, run.Waiting, changes));
        Assert.Equal("3 products released, 1 not.", ProductBulk.Summary(BulkAction.Release, run));
    }

    [Fact]
    public async Task It_stops_between_two_products_and_goes_on_with_the_others()
    {
        using var stop = new CancellationTokenSource();
        var acted = new List<int>();
        var run = new BulkRun(Products, line =>
        {
            acted.Add(line.Product.Id);
            return Task.FromResult(line with { State = BulkState.Done });
        });

        await run.RunAsync(() => stop.Cancel(), stop.Token);
        Assert.Equal((1, 3), (run.Done, run.Waiting));
        await run.RunAsync(() => { }, default);

        Assert.Equal([1, 2, 3, 4], acted);
    }

    [Fact]
    public async Task It_tries_no_more_products_while_the_database_is_away()
    {
        var isAway = true;
        var run = new BulkRun(Products, line => Task.FromResult(isAway && line.Product.Id == 2 ? line with { Told = "away" } : line with { State = BulkState.Done }));

        await run.RunAsync(() => { }, default);
        Assert.Equal((1, 3), (run.Done, run.Waiting));
        isAway = false;
        await run.RunAsync(() => { }, default);

        Assert.Equal((4, 0), (run.Done, run.Waiting));
    }
}
