using System.Collections.Immutable;
using LiveShop.Domain;

namespace LiveShop.Web.Shopper;

/// <summary>How the drop stands, in the two words of the header.</summary>
internal readonly record struct DropStatus(string Text, bool IsLive)
{
    private static readonly string[] Numbers =
        ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"];

    public static DropStatus Of(ImmutableArray<Listing> listings) =>
        listings.Any(listing => listing.IsSelling) ? new("Live drop", true)
        : listings.Any(listing => listing.IsReleased && !listing.IsSoldOut) ? new("Paused", false)
        : listings.Any(listing => !listing.IsReleased) ? new("Opens soon", false)
        : new(listings.IsEmpty ? "Closed" : "Sold out", false);

    public static string Headline(int products) => products switch
    {
        0 => "Nothing here yet.",
        1 => "One shoe. One minute.",
        _ => $"{(products < Numbers.Length ? Numbers[products] : products)} shoes. One minute.",
    };
}
