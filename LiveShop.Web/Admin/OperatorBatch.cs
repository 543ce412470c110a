namespace LiveShop.Web.Admin;

/// <summary>
/// Does one thing to several subjects, one after the other and each by itself. It ends early when it is stopped, and when the
/// database goes away: the subjects that are left are not tried.
/// </summary>
internal sealed class OperatorBatch(IReadOnlyList<string> subjects, Func<string, Task<BatchStep>> act)
{
    private readonly List<BatchStep> steps = [];

    public IReadOnlyList<string> Subjects => subjects;

    /// <summary>What became of each subject so far, in their order.</summary>
    public IReadOnlyList<BatchStep> Steps => steps;

    public int Done => steps.Count(step => step.Result == BatchResult.Done);

    /// <summary>The subjects that were not changed, or of which it is not known.</summary>
    public IEnumerable<BatchStep> Refused => steps.Where(step => step.Result != BatchResult.Done);

    public int Untried => subjects.Count - steps.Count;

    /// <param name="progressed">Called after each subject.</param>
    /// <param name="stop">Takes effect between two subjects; the one that is under way is finished.</param>
    public async Task RunAsync(Action progressed, CancellationToken stop)
    {
        foreach (var subject in subjects)
        {
            if (stop.IsCancellationRequested) return;
            var step = await act(subject);
            steps.Add(step);
            progressed();
            if (step.Result == BatchResult.Ended) return;
        }
    }
}

public enum BatchResult
{
    Done,

    /// <summary>This subject cannot be changed.</summary>
    Refused,

    /// <summary>Nothing more can be done, because the database or the session is gone.</summary>
    Ended,
}

/// <param name="Words">What became of it, for the operator.</param>
public readonly record struct BatchStep(string Subject, BatchResult Result, string Words);
