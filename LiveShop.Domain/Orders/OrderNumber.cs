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

    /// <summary>The number as it is stored, of one that was heard or copied: in any case, with or without the hyphen, with an O for the 0.</summary>
    public static string Of(string typed)
    {
        var characters = string.Concat(typed.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)).Replace('O', '0').Replace('I', '1').Replace('L', '1');
        return characters.Length == 8 ? $"{characters[..4]}-{characters[4..]}" : typed;
    }
}
