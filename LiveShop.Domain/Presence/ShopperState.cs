using System.Collections.Immutable;

namespace LiveShop.Domain;

/// <summary>What one connected cart shows and holds on one node.</summary>
/// <param name="Pages">Each once, in no order.</param>
/// <param name="Version">Of the cart that <paramref name="ItemIds"/> are from; the greater one of two nodes knows better.</param>
public sealed record ShopperState(ImmutableArray<string> Pages, ImmutableArray<int> ItemIds, long Version);
