namespace LiveShop.Load;

/// <summary>Why the shop said no, by its words to shoppers (LiveShop.Web/Shopper/Words.cs).</summary>
internal static class Refusal
{
    public const string Gone = "gone when picked";
    public const string GoneWhilePaying = "gone while paying";

    private static readonly (string Words, string Reason)[] Reasons =
    [
        ("went while you paid", GoneWhilePaying),
        ("cart or a price changed", "cart changed"),
        ("is not on sale", "not on sale"),
        ("is paused", "paused"),
        ("is gone", Gone),
        ("are gone", Gone),
        ("Too many orders", "busy"),
        ("earlier clicks", "too fast"),
        ("in your cart already", "in the cart already"),
        ("cart is full", "cart full"),
        ("could not confirm", "not confirmed"),
        ("did not work", "database away"),
    ];

    /// <summary>Null when the words say that the pair is in the cart.</summary>
    public static string? Of(string notice) =>
        notice.Contains("is in your cart. ", StringComparison.Ordinal) ? null
        : Array.Find(Reasons, known => notice.Contains(known.Words, StringComparison.Ordinal)).Reason ?? notice;
}
