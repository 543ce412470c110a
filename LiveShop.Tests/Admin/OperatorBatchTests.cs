using LiveShop.Web.Admin;

namespace LiveShop.Tests;

public sealed class OperatorBatchTests
{
    [Fact]
    public async Task Each_subject_is_tried_in_turn_and_a_refusal_ends_nothing()
    {
        var progress = new List<int>();
        OperatorBatch batch = null!;
        batch = new OperatorBatch(["a", "b", "c"], subject => Task.FromResult(new BatchStep(subject, subject == "b" ? BatchResult.Refused : BatchResult.Done, "")));

        await batch.RunAsync(() => progress.Add(batch.Steps.Count), CancellationToken.None);

        Assert.Equal([1, 2, 3], progress);
        Assert.Equal((2, 0), (batch.Done, batch.Untried));
        Assert.Equal(["b"], batch.Refused.Select(step => step.Subject));
    }

    [Fact]
    public async Task What_ends_it_leaves_the_rest_untried()
    {
        var batch = new OperatorBatch(["a", "b", "c"], subject => Task.FromResult(new BatchStep(subject, subject == "b" ? BatchResult.Ended : BatchResult.Done, "")));

        await batch.RunAsync(() => { }, CancellationToken.None);

        Assert.Equal((1, 1), (batch.Done, batch.Untried));
        Assert.Equal(["b"], batch.Refused.Select(step => step.Subject));
    }

    [Fact]
    public async Task Stopping_it_finishes_the_subject_that_is_under_way()
    {
        using var stop = new CancellationTokenSource();
        var underWay = new TaskCompletionSource();
        var batch = new OperatorBatch(["a", "b"], async subject =>
        {
            await underWay.Task;
            return new BatchStep(subject, BatchResult.Done, "");
        });

        var running = batch.RunAsync(() => { }, stop.Token);
        await stop.CancelAsync();
        underWay.SetResult();
        await running;

        Assert.Equal((1, 1), (batch.Done, batch.Untried));
    }
}
