namespace LiveShop.Load;

/// <summary>Why the shop said no, by its words to shoppers (LiveShop.Web/Shopper/Words.cs).</summary>
internal static class Refusal
{
    public const string Gone = "gone when picked";
    public const string GoneWhilePaying = "gone while paying";
    public const string InCart = "in the cart already";
    public const string CartFull = "cart full";
    public const string CartChanged = "cart changed";
    public const string Busy = "busy";
    public const string TooFast = "too fast";
    public const string NotConfirmed = "not confirmed";
    public const string DatabaseAway = "database away";

    private static readonly (string Words, string Reason)[] Reasons =
    [
        ("went while you paid", GoneWhilePaying),
        ("Look again, then place the order", CartChanged),
        ("is not on sale", "not on sale"),
        ("is paused", "paused"),
        ("is gone", Gone),
        ("are gone", Gone),
        ("Too many orders", Busy),
        ("earlier clicks", TooFast),
        ("in your cart already", InCart),
        ("cart is full", CartFull),
        ("could not confirm", NotConfirmed),
        ("did not work", DatabaseAway),
    ];

    /// <summary>Null when the words say that the pair is in the cart.</summary>
    public static string? Of(string notice) =>
        notice.Contains("is in your cart. ", StringComparison.Ordinal) ? null
        : Array.Find(Reasons, known => notice.Contains(known.Words, StringComparison.Ordinal)).Reason ?? notice;
}
