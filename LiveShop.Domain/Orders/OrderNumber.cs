using System.Security.Cryptography;

namespace LiveShop.Domain;

/// <summary>Order numbers such as <c>7K4M-92QX</c>: easy to read out, and one tells nothing of how many there are.</summary>
internal static class OrderNumber
{
    // Crockford's base 32: no I, L, O or U.
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>40 random bits. Two alike are refused by the database's unique index, and the batch is decided again.</summary>
    public static string New()
    {
        var characters = RandomNumberGenerator.GetString(Alphabet, 8);
        return $"{characters[..4]}-{characters[4..]}";
    }
}
