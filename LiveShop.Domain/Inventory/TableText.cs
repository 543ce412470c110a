using System.Text;
using System.Text.Unicode;

namespace LiveShop.Domain;

/// <summary>The text of a file, where its encoding is certain: by a byte order mark, by the zeros of UTF-16, or because all of it is UTF-8.</summary>
/// <param name="Encoding">Its name, for people.</param>
internal sealed record TableText(string Text, string Encoding)
{
    private static readonly (byte[] Mark, Encoding Encoding, string Name)[] Marks =
    [
        ([0xEF, 0xBB, 0xBF], new UTF8Encoding(false, throwOnInvalidBytes: true), "UTF-8"),
        ([0xFF, 0xFE, 0, 0], new UTF32Encoding(bigEndian: false, byteOrderMark: false, throwOnInvalidCharacters: true), "UTF-32"),
        ([0xFF, 0xFE], Utf16(bigEndian: false), "UTF-16"),
        ([0xFE, 0xFF], Utf16(bigEndian: true), "UTF-16"),
    ];

    /// <summary>Decodes the file. Null with the line that tells against it, where its encoding is not certain.</summary>
    public static (TableText? Text, int BadLine) Decode(ReadOnlySpan<byte> file)
    {
        foreach (var (mark, encoding, name) in Marks)
        {
            if (!file.StartsWith(mark)) continue;
            return Decode(file[mark.Length..], encoding, name);
        }
        // Text has no zeros but in the halves of UTF-16.
        if (file.Length >= 4 && file[0] != 0 && file[1] == 0 && file[3] == 0) return Decode(file, Utf16(bigEndian: false), "UTF-16");
        if (file.Length >= 4 && file[0] == 0 && file[1] != 0 && file[2] == 0) return Decode(file, Utf16(bigEndian: true), "UTF-16");
        return Decode(file, Marks[0].Encoding, Marks[0].Name);
    }

    private static (TableText? Text, int BadLine) Decode(ReadOnlySpan<byte> file, Encoding encoding, string name)
    {
        try
        {
            return (new TableText(encoding.GetString(file), name), 0);
        }
        catch (DecoderFallbackException)
        {
            return (null, BadLine(file));
        }
    }

    /// <summary>The first line that is not UTF-8, or else the first.</summary>
    private static int BadLine(ReadOnlySpan<byte> file)
    {
        var number = 1;
        foreach (var line in file.Split((byte)'\n'))
        {
            if (!Utf8.IsValid(file[line])) return number;
            number++;
        }
        return 1;
    }

    private static UnicodeEncoding Utf16(bool bigEndian) => new(bigEndian, byteOrderMark: false, throwOnInvalidBytes: true);
}
