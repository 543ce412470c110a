using System.Collections.Immutable;

namespace LiveShop.Domain;

/// <summary>Which carts are connected now, on which page, holding which items.</summary>
/// <remarks>
/// Every call takes effect before it returns, and none waits for anything but its turn. Calls may come from any thread.
/// Every implementation passes the same contract suite, <c>PresenceContract</c> in the tests.
/// </remarks>
public interface IPresence
{
    /// <summary>
    /// How long a tab that left still counts: as long as a browser takes from one page to the next, where the circuit of the
    /// old page closes before that of the new one opens.
    /// </summary>
    static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(400);

    /// <summary>A snapshot that never changes. Costs the same with 10 shoppers and with 10,000.</summary>
    PresenceTotals Totals { get; }

    /// <summary>
    /// Grows whenever <see cref="Totals"/> changes, so that a feed need not compare. Read it first: the totals read after it
    /// are at least as new.
    /// </summary>
    long Version { get; }

    /// <summary>
    /// The circuit shows this page from now on. Entering again moves it, at once: nobody sees it on both pages or on none.
    /// A new circuit moves that of the same cart which left first and still lingers, if one does.
    /// </summary>
    void Enter(string circuitId, CartId cartId, string page);

    /// <summary>What a cart holds that has a tab, be it one that lingers. Does nothing for another cart, or if it told of this version or a newer one before.</summary>
    void Hold(Cart cart);

    /// <summary>As <see cref="Hold"/>, though it told of a newer version before: the database does not have that one any more.</summary>
    void Replace(Cart cart);

    /// <summary>
    /// The tab is gone, and counts until <see cref="Linger"/> has passed. Does nothing for a circuit that is not here or that
    /// left before.
    /// </summary>
    void Leave(string circuitId);
}

/// <summary>The crowd at one moment. No count is 0.</summary>
/// <param name="Shoppers">Connected carts; one with several tabs counts once.</param>
/// <param name="WithCart">Those of them that hold at least one item.</param>
/// <param name="Pages">Carts on each page. One with tabs on three pages is on all three.</param>
/// <param name="InCarts">Connected carts that hold each item.</param>
public sealed record PresenceTotals(int Shoppers, int WithCart, ImmutableDictionary<string, int> Pages, ImmutableDictionary<int, int> InCarts)
{
    public static readonly PresenceTotals Nobody = new(0, 0, ImmutableDictionary<string, int>.Empty, ImmutableDictionary<int, int>.Empty);
}
