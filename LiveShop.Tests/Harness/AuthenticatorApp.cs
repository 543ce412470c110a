using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace LiveShop.Tests.Harness;

/// <summary>An authenticator app: RFC 6238 with SHA-1, six digits and steps of 30 seconds.</summary>
/// <param name="key">Base32, with or without spaces.</param>
internal sealed class AuthenticatorApp(string key)
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public string Code => CodeAt(DateTimeOffset.UtcNow);

    /// <summary>A code that is good at no time near now.</summary>
    public string WrongCode
    {
        get
        {
            var near = Enumerable.Range(-4, 9).Select(step => CodeAt(DateTimeOffset.UtcNow.AddSeconds(30 * step))).ToHashSet();
            return Enumerable.Range(0, 100).Select(Digits).First(code => !near.Contains(code));
        }
    }

    public string CodeAt(DateTimeOffset time)
    {
        var step = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(step, time.ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // What the apps and the standard use.
        var hash = HMACSHA1.HashData(Bytes(key), step);
#pragma warning restore CA5350
        return Digits((BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xf)) & int.MaxValue) % 1_000_000);
    }

    private static string Digits(int code) => code.ToString("D6", CultureInfo.InvariantCulture);

    private static byte[] Bytes(string text)
    {
        var bits = string.Concat(text.Where(letter => letter != ' ').Select(letter => Base32.IndexOf(letter).ToString("B5", CultureInfo.InvariantCulture)));
        return [.. bits.Chunk(8).Where(eight => eight.Length == 8).Select(eight => Convert.ToByte(new string(eight), 2))];
    }
}
