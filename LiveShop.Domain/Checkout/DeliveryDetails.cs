using System.ComponentModel.DataAnnotations;

namespace LiveShop.Domain;

/// <summary>Whom and where to send an order. The annotations are the rules of the form and of the purchase alike.</summary>
public sealed record DeliveryDetails
{
    [Required(ErrorMessage = "Enter your e-mail address."), StringLength(254, ErrorMessage = "This e-mail address is too long.")]
    [RegularExpression(@"[^@\s]+@[^@\s]+\.[^@\s.]+", ErrorMessage = "Enter an e-mail address such as ana@example.org.")]
    public string Email { get; set; } = "";

    [Required(ErrorMessage = "Enter your name."), StringLength(120, ErrorMessage = "At most 120 characters.")]
    public string Name { get; set; } = "";

    [Required(ErrorMessage = "Enter street and number."), StringLength(200, ErrorMessage = "At most 200 characters.")]
    public string Address { get; set; } = "";

    [Required(ErrorMessage = "Enter the city."), StringLength(120, ErrorMessage = "At most 120 characters.")]
    public string City { get; set; } = "";

    [Required(ErrorMessage = "Enter the postal code."), StringLength(20, ErrorMessage = "At most 20 characters.")]
    public string PostalCode { get; set; } = "";

    [Required(ErrorMessage = "Enter the country."), StringLength(80, ErrorMessage = "At most 80 characters.")]
    public string Country { get; set; } = "";

    /// <summary>What is wrong with them, one message each; empty when they will do.</summary>
    public IReadOnlyList<string> Validate()
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(this, new ValidationContext(this), results, validateAllProperties: true);
        return [.. results.Select(result => result.ErrorMessage!)];
    }

    /// <summary>The same without blanks around and without characters that PostgreSQL cannot store.</summary>
    internal DeliveryDetails Tidy() => new()
    {
        Email = StorableText.Of(Email),
        Name = StorableText.Of(Name),
        Address = StorableText.Of(Address),
        City = StorableText.Of(City),
        PostalCode = StorableText.Of(PostalCode),
        Country = StorableText.Of(Country),
    };
}
