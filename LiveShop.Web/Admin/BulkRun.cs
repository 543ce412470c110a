namespace LiveShop.Web.Admin;

/// <summary>
/// Does one action to several subjects, one after the other and each by itself. It ends early when it is stopped and when a
/// subject was not answered, because the database or the session is gone. Run again, it goes on with the subjects that wait.
/// </summary>
/// <param name="act">Does it to the subject of that id. A line that still waits was not answered.</param>
internal sealed class BulkRun(IEnumerable<string> ids, Func<string, Task<BulkLine>> act)
{
    private readonly BulkLine[] lines = [.. ids.Select(id => new BulkLine(id))];

    /// <summary>What became of each subject, in their order.</summary>
    public IReadOnlyList<BulkLine> Lines => lines;

    public int Done => lines.Count(line => line.State == BulkState.Done);

    public int Refused => lines.Count(line => line.State == BulkState.Refused);

    public int Waiting => lines.Length - Done - Refused;

    /// <summary>Such as "1 of 3 done, 1 refused, 1 not tried."</summary>
    public string Summary
    {
        get
        {
            var refused = Refused > 0 ? $", {OperatorWords.Count(Refused)} refused" : "";
            var waiting = Waiting > 0 ? $", {OperatorWords.Count(Waiting)} not tried" : "";
            return $"{OperatorWords.Count(Done)} of {OperatorWords.Count(lines.Length)} done{refused}{waiting}.";
        }
    }

    /// <param name="changed">Called after each subject.</param>
    /// <param name="stop">Takes effect between two subjects; the one that is under way is finished.</param>
    public async Task RunAsync(Action changed, CancellationToken stop)
    {
        for (var i = 0; i < lines.Length && !stop.IsCancellationRequested; i++)
        {
            if (lines[i].State != BulkState.Waiting) continue;
            lines[i] = await act(lines[i].Id);
            changed();
            if (lines[i].State == BulkState.Waiting) return;
        }
    }
}

/// <summary>A subject of a bulk action and what became of it.</summary>
/// <param name="Told">A sentence for the operator that names the subject; null while nothing was tried.</param>
public readonly record struct BulkLine(string Id, BulkState State = BulkState.Waiting, string? Told = null)
{
    /// <summary>The answer when the operator's session is gone.</summary>
    public static BulkLine SessionEnded(string id) => new(id, Told: "Your session has ended.");
}

public enum BulkState
{
    Waiting,
    Done,
    Refused,
}

/// <summary>A subject as a dialog names it before the action.</summary>
/// <param name="Note">What tells it from others of that name.</param>
public readonly record struct BulkSubject(string Id, string Name, string Note = "");
