namespace LiveShop.Domain;

/// <summary>What became of scheduling a release.</summary>
public enum ScheduleOutcome
{
    Scheduled,

    /// <summary>There is no schedule any more, or there was none.</summary>
    Cleared,

    AlreadyReleased,
    UnknownProduct,
    InThePast,

    /// <summary>The database did not confirm. Repeating is safe.</summary>
    Unavailable,
}

/// <summary>What became of stopping or resuming a sale.</summary>
public enum StopOutcome
{
    Done,
    AlreadySo,

    /// <summary>No such product, or no such item of it.</summary>
    Unknown,

    ReasonMissing,

    /// <summary>The database did not confirm. Repeating is safe.</summary>
    Unavailable,
}

/// <summary>What became of a restock or a correction. Nothing was changed unless it is <see cref="Done"/>.</summary>
public abstract record CorrectionOutcome
{
    private CorrectionOutcome()
    {
    }

    /// <param name="Available">How many pairs are left now.</param>
    public sealed record Done(int Available) : CorrectionOutcome;

    public sealed record Unknown : CorrectionOutcome;

    /// <summary>Fewer pairs are left than were to be taken away.</summary>
    public sealed record WouldBeNegative : CorrectionOutcome;

    /// <summary>More than <see cref="Item.MostPairs"/>.</summary>
    public sealed record WouldBeTooMany : CorrectionOutcome;

    public sealed record ReasonMissing : CorrectionOutcome;

    /// <summary>A change by 0 pairs.</summary>
    public sealed record NothingToDo : CorrectionOutcome;

    /// <summary>The database did not confirm; the change may have been made all the same.</summary>
    public sealed record Unavailable : CorrectionOutcome;
}
