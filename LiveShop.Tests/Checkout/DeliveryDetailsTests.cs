using LiveShop.Domain;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests;

public sealed class DeliveryDetailsTests
{
    [Fact]
    public void Complete_details_will_do() => Assert.Empty(Some.Delivery.Validate());

    [Fact]
    public void Every_field_that_is_empty_is_named() => Assert.Equal(
        ["Enter your e-mail address.", "Enter your name.", "Enter street and number.", "Enter the city.", "Enter the postal code.", "Enter the country."],
        new DeliveryDetails().Validate());

    [Theory]
    [InlineData("ana")]
    [InlineData("ana@")]
    [InlineData("@example.org")]
    [InlineData("ana@example")]
    [InlineData("ana@example.")]
    [InlineData("ana@exa mple.org")]
    [InlineData("ana@b@example.org")]
    [InlineData("ana@example.org\nBcc: all@example.org")]
    public void What_is_no_e_mail_address_is_refused(string email) =>
        Assert.Equal(["Enter an e-mail address such as ana@example.org."], (Some.Delivery with { Email = email }).Validate());

    [Theory]
    [InlineData("ana.lima+drop@mail.example.co.uk")]
    [InlineData("ána@exämple.org")]
    public void Unusual_addresses_will_do(string email) => Assert.Empty((Some.Delivery with { Email = email }).Validate());

    [Fact]
    public void Fields_that_are_too_long_are_refused()
    {
        var longest = new DeliveryDetails
        {
            Email = new string('a', 254 - 12) + "@example.org",
            Name = new string('n', 120),
            Address = new string('a', 200),
            City = new string('c', 120),
            PostalCode = new string('1', 20),
            Country = new string('c', 80),
        };
        Assert.Empty(longest.Validate());

        var tooLong = new DeliveryDetails
        {
            Email = "a" + longest.Email,
            Name = longest.Name + "n",
            Address = longest.Address + "a",
            City = longest.City + "c",
            PostalCode = longest.PostalCode + "1",
            Country = longest.Country + "c",
        };
        Assert.Equal(6, tooLong.Validate().Count);
    }
}
