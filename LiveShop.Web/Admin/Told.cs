namespace LiveShop.Web.Admin;

/// <summary>What an operator's action did, in words.</summary>
/// <param name="IsDone">False when nothing was changed.</param>
public sealed record Told(string Words, bool IsDone);
