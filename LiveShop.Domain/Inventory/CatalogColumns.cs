namespace LiveShop.Domain;

/// <summary>Which column of a file holds what.</summary>
internal sealed class CatalogColumns
{
    public const string Sku = "style_code";
    public const string Brand = "brand";
    public const string Name = "name";
    public const string Colorway = "colorway";
    public const string Price = "retail_price_usd";
    public const string Released = "release_date";
    public const string Sizes = "sizes";
    public const string Stock = "stock";

    private static readonly string[] Required = [Sku, Brand, Name, Colorway, Price, Released];
    private static readonly string[] Known = [.. Required, Sizes, Stock];

    private readonly Dictionary<string, int> indexes = [];

    private CatalogColumns(int count) => Count = count;

    /// <summary>Columns of the header.</summary>
    public int Count { get; }

    /// <summary>The column that holds it; -1 where the file has none.</summary>
    public int IndexOf(string known) => indexes.GetValueOrDefault(known, -1);

    /// <summary>How many columns have a name that can be read, which tells the right separator from others.</summary>
    public static int CountKnown(IEnumerable<string> header, CatalogFileOptions options)
    {
        var map = ReadMap(options.Map);
        return header.Count(name => Known.Contains(Key(name)) || map.Any(pair => Key(pair.From) == Key(name)));
    }

    /// <summary>Finds the columns. What is wrong with the header comes back instead, one reason for each.</summary>
    public static (CatalogColumns Columns, IReadOnlyList<string> Wrong) Find(IReadOnlyList<string> header, CatalogFileOptions options)
    {
        var (columns, wrong) = (new CatalogColumns(header.Count), new List<string>());
        var ignored = options.IgnoreColumns.Split(',').Select(Key).ToHashSet();
        var map = ReadMap(options.Map);
        foreach (var (from, to) in map)
        {
            if (!Known.Contains(to)) wrong.Add($"'{from}={to}' maps to no column: it must be one of {string.Join(", ", Known)}");
            else if (!header.Any(name => Key(name) == Key(from))) wrong.Add($"the header has no column '{from}' to be read as {to}");
        }
        for (var index = 0; index < header.Count; index++)
        {
            var key = Key(header[index]);
            var known = map.Where(pair => Key(pair.From) == key).Select(pair => pair.To).FirstOrDefault() ?? key;
            // A header that ends in a comma names nothing. Whether anything stands below it is a matter of the rows.
            if (key.Length == 0 || ignored.Contains(key) || (!Known.Contains(known) && map.Any(pair => Key(pair.From) == key))) continue;
            if (!Known.Contains(known)) wrong.Add($"the column '{header[index].Trim()}' is not known{Suggestion(key)}; correct its name, or ignore it by name");
            else if (!columns.indexes.TryAdd(known, index)) wrong.Add($"the header has {known} twice");
        }
        var missing = Required.Where(name => columns.IndexOf(name) < 0).ToList();
        if (missing.Count > 0) wrong.Add("the header lacks " + string.Join(", ", missing));
        return (columns, wrong);
    }

    /// <summary>What a name is known by: case, blanks and what cannot be seen tell nothing apart.</summary>
    private static string Key(string name) => StyleCode.Of(name).ToLowerInvariant().Replace(' ', '_').Replace('-', '_');

    private static List<(string From, string To)> ReadMap(string map) =>
        [.. map.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(pair => pair.Split('=', 2)).Select(pair => (pair[0].Trim(), Key(pair.ElementAtOrDefault(1) ?? "")))];

    private static string Suggestion(string key)
    {
        var nearest = Known.MinBy(known => Distance(key, known))!;
        return Distance(key, nearest) <= Math.Max(2, key.Length / 3) || nearest.Contains(key, StringComparison.Ordinal) || key.Contains(nearest, StringComparison.Ordinal)
            ? $" (did you mean {nearest}?)"
            : "";
    }

    /// <summary>Letters to add, leave out or change to make one word of the other (Levenshtein).</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (one[i - 1] == other[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }
        return row[^1];
    }
}
