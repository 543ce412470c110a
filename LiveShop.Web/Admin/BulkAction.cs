using LiveShop.Domain;

namespace LiveShop.Web.Admin;

/// <summary>An action that operators do to several products at once.</summary>
public enum BulkAction
{
    Release,
    Pause,
    Retire,
}

/// <summary>One product of a <see cref="BulkRun"/> and what became of it.</summary>
/// <param name="Told">In words for operators; null while nothing was tried.</param>
internal sealed record BulkLine(Product Product, BulkState State = BulkState.Waiting, string? Told = null);

internal enum BulkState
{
    Waiting,
    Done,
    Refused,
}

/// <summary>
/// Does one action to products one after the other, each in a transaction of its own. It ends early when it is stopped or the
/// database is out of reach, and can be run again for the products that are left.
/// </summary>
/// <param name="act">Returns the line with what became of it; still waiting when the database did not confirm.</param>
internal sealed class BulkRun(IReadOnlyList<Product> products, Func<BulkLine, Task<BulkLine>> act)
{
    private readonly BulkLine[] lines = [.. products.Select(product => new BulkLine(product))];

    public IReadOnlyList<BulkLine> Lines => lines;

    public int Done => lines.Count(line => line.State == BulkState.Done);

    public int Refused => lines.Count(line => line.State == BulkState.Refused);

    public int Waiting => lines.Length - Done - Refused;

    /// <param name="changed">Called after each product.</param>
    /// <param name="stop">Takes effect between two products; the one that is being done is finished.</param>
    public async Task RunAsync(Action changed, CancellationToken stop)
    {
        for (var i = 0; i < lines.Length && !stop.IsCancellationRequested; i++)
        {
            if (lines[i].State != BulkState.Waiting) continue;
            lines[i] = await act(lines[i]);
            changed();
            if (lines[i].State == BulkState.Waiting) return;
        }
    }
}
