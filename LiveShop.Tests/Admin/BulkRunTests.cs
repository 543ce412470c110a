using LiveShop.Web.Admin;

namespace LiveShop.Tests;

public sealed class BulkRunTests
{
    private static readonly string[] Ids = ["a", "b", "c", "d"];

    [Fact]
    public async Task It_tells_per_subject_what_was_done_and_what_was_refused()
    {
        var run = new BulkRun(Ids, id => Task.FromResult(new BulkLine(id, id == "b" ? BulkState.Refused : BulkState.Done, $"{id}!")));
        var changes = 0;

        await run.RunAsync(() => changes++, default);

        Assert.Equal(["a!", "b!", "c!", "d!"], run.Lines.Select(line => line.Told));
        Assert.Equal((3, 1, 0, 4), (run.Done, run.Refused, run.Waiting, changes));
        Assert.Equal("3 of 4 done, 1 refused.", run.Summary);
    }

    [Fact]
    public async Task Stopping_it_finishes_the_subject_that_is_under_way_and_it_goes_on_with_the_others()
    {
        using var stop = new CancellationTokenSource();
        var underWay = new TaskCompletionSource();
        var acted = new List<string>();
        var run = new BulkRun(Ids, async id =>
        {
            acted.Add(id);
            await underWay.Task;
            return new BulkLine(id, BulkState.Done);
        });

        var running = run.RunAsync(() => { }, stop.Token);
        await stop.CancelAsync();
        underWay.SetResult();
        await running;
        Assert.Equal("1 of 4 done, 3 not tried.", run.Summary);
        await run.RunAsync(() => { }, default);

        Assert.Equal(Ids, acted);
    }

    [Fact]
    public async Task It_tries_no_more_subjects_after_one_that_was_not_answered()
    {
        var isAway = true;
        var run = new BulkRun(Ids, id => Task.FromResult(isAway && id == "b" ? new BulkLine(id, Told: "away") : new BulkLine(id, BulkState.Done)));

        await run.RunAsync(() => { }, default);
        Assert.Equal((1, 3), (run.Done, run.Waiting));
        isAway = false;
        await run.RunAsync(() => { }, default);

        Assert.Equal((4, 0), (run.Done, run.Waiting));
    }
}
