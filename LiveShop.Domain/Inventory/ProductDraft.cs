namespace LiveShop.Domain;

/// <summary>A product as somebody typed it, in the operators' form or in a row of a file: the same rules hold for both.</summary>
public sealed record ProductDraft
{
    /// <summary>The style code.</summary>
    public string Sku { get; set; } = "";

    public string Brand { get; set; } = "";

    public string Name { get; set; } = "";

    public string Colorway { get; set; } = "";

    /// <summary>US dollars, such as 120 or 99.50.</summary>
    public string Price { get; set; } = "";

    /// <summary>Such as 6;6.5;7. Empty means 6 to 13 by halves.</summary>
    public string Sizes { get; set; } = "";

    /// <summary>Pairs per size.</summary>
    public string Stock { get; set; } = "";

    /// <summary>Returns what <see cref="CatalogDesk.CreateAsync"/> would refuse of it, without asking the database.</summary>
    public IReadOnlyList<FieldError> CheckProduct() => Check(reader => reader.ReadProduct());

    /// <summary>Returns what <see cref="CatalogDesk.EditAsync"/> would refuse of it, without asking the database.</summary>
    public IReadOnlyList<FieldError> CheckDetails() => Check(reader => reader.ReadDetails());

    /// <summary>Returns what <see cref="CatalogDesk.AddSizesAsync"/> would refuse of it, without asking the database.</summary>
    public IReadOnlyList<FieldError> CheckSizes() => Check(reader => reader.ReadItems(sku: ""));

    /// <summary>Returns what <see cref="CatalogImport.PreviewAsync"/> would refuse of its <see cref="Stock"/>.</summary>
    public IReadOnlyList<FieldError> CheckStock() => Check(reader => reader.ReadStock());

    private List<FieldError> Check<T>(Func<ProductReader, T> read)
    {
        var reader = new ProductReader(this);
        read(reader);
        return reader.Errors;
    }
}

/// <summary>What is wrong with a field. The reason goes on from the field's name: "is missing".</summary>
/// <param name="Field">The name of the <see cref="ProductDraft"/>'s property.</param>
public sealed record FieldError(string Field, string Reason, string Value);
