using System.Globalization;

namespace LiveShop.Domain;

/// <summary>Makes of a draft what it means, and collects what is wrong with it. What it gives counts only without errors.</summary>
/// <param name="allowFree">Whether a price of 0 is meant.</param>
internal sealed class ProductReader(ProductDraft typed, bool allowFree = false)
{
    private static readonly decimal[] DefaultSizes = [.. Enumerable.Range(0, 15).Select(step => 6m + (step * 0.5m))];

    public List<FieldError> Errors { get; } = [];

    public ProductSpec ReadProduct()
    {
        var sku = Text(nameof(ProductDraft.Sku), StyleCode.Of(typed.Sku), 60);
        return ReadDetails() with { Sku = sku, Items = ReadItems(sku) };
    }

    /// <summary>What can be edited of a product: neither its style code nor its sizes are in it.</summary>
    public ProductSpec ReadDetails() => new(
        Sku: "",
        Text(nameof(ProductDraft.Brand), typed.Brand, 60),
        Text(nameof(ProductDraft.Name), typed.Name, 120),
        Text(nameof(ProductDraft.Colorway), typed.Colorway, 120),
        ReadPrice(),
        ScheduledAt: null,
        Items: []);

    /// <summary>The sizes of the product with that style code.</summary>
    public IReadOnlyList<ItemSpec> ReadItems(string sku)
    {
        var stock = ReadStock();
        return [.. ReadSizes().Select(size => new ItemSpec($"{sku}-{size.ToString("0.#", CultureInfo.InvariantCulture)}", size, stock))];
    }

    private string Text(string field, string typedText, int longest)
    {
        var value = typedText.Trim();
        if (value.Length == 0) Refuse(field, "is missing", value);
        else if (value.Length > longest) Refuse(field, $"is longer than {longest} characters", value);
        else if (value.Any(char.IsControl)) Refuse(field, "has a control character", value);
        return StorableText.Of(value);
    }

    /// <summary>Twenty of them still fit the total of an order.</summary>
    private const decimal HighestPrice = 999_999.99m;

    private decimal ReadPrice()
    {
        var value = typed.Price.Trim();
        if (decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price)
            && price <= HighestPrice && decimal.Round(price, 2) == price)
        {
            if (price == 0 && !allowFree) Refuse(nameof(ProductDraft.Price), "is 0: nothing is given away without being asked to", value);
            return price;
        }
        Refuse(nameof(ProductDraft.Price), "must be an amount such as 120 or 99.50", value);
        return 0;
    }

    public int ReadStock()
    {
        var value = typed.Stock.Trim();
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var stock) && stock <= Item.MostPairs) return stock;
        Refuse(nameof(ProductDraft.Stock), $"must be a whole number from 0 to {Item.MostPairs}", value);
        return 0;
    }

    private decimal[] ReadSizes()
    {
        var value = typed.Sizes.Trim();
        if (value.Length == 0) return DefaultSizes;
        var sizes = new SortedSet<decimal>();
        foreach (var part in value.Split(';', StringSplitOptions.TrimEntries))
        {
            if (decimal.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var size)
                && size is >= 0.5m and <= 60 && decimal.Round(size, 1) == size && sizes.Add(size)) continue;
            Refuse(nameof(ProductDraft.Sizes), "must be different numbers from 0.5 to 60 such as 6;6.5;7", value);
            break;
        }
        return [.. sizes];
    }

    private void Refuse(string field, string reason, string value) => Errors.Add(new(field, reason, value));
}
