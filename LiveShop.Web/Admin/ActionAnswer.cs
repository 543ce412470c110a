namespace LiveShop.Web.Admin;

/// <summary>The result of an operator's action.</summary>
/// <param name="Words">For the operator.</param>
/// <param name="IsDone">False when nothing was changed, so that it can be tried again with other values, or later.</param>
public readonly record struct ActionAnswer(string Words, bool IsDone);
