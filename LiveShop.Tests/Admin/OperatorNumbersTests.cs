using LiveShop.Web.Admin;

namespace LiveShop.Tests;

public sealed class OperatorNumbersTests
{
    [Theory]
    [InlineData("1,299.50", "1299.50")]
    [InlineData("1299.5", "1299.5")]
    [InlineData("1'299.50", "1299.50")]
    [InlineData("1,234,567", "1234567")]
    [InlineData("6;6.5;7", "6;6.5;7")]
    [InlineData(" 120 ", "120")]
    public void Somebody_who_writes_a_decimal_point_is_understood(string typed, string read) => Assert.Equal(read, OperatorNumbers.Point.Read(typed));

    [Theory]
    [InlineData("1.299,50", "1299.50")]
    [InlineData("1299,5", "1299.5")]
    [InlineData("1 299,50", "1299.50")]
    [InlineData("1\u202f299,50", "1299.50")]
    [InlineData("6;6,5;7", "6;6.5;7")]
    [InlineData("1.299", "1299")]
    public void Somebody_who_writes_a_decimal_comma_is_understood(string typed, string read) => Assert.Equal(read, OperatorNumbers.Comma.Read(typed));

    [Theory]
    [InlineData("99,50")]
    [InlineData("1,2,3")]
    [InlineData("12,34,567")]
    [InlineData("1,299.50.1")]
    [InlineData("1,234 567")]
    [InlineData("free")]
    [InlineData("\uff17")]
    [InlineData("1\u0662\u0660")]
    [InlineData("-5")]
    [InlineData("")]
    public void A_text_that_is_no_number_in_the_style_is_left_for_the_reader_to_refuse(string typed) => Assert.Equal(typed, OperatorNumbers.Point.Read(typed));

    [Fact]
    public void Amounts_and_counts_are_written_with_groups()
    {
        Assert.Equal(("1,299.50", "12,000", "99.50"), (OperatorNumbers.Point.Show(1299.5m), OperatorNumbers.Point.Show(12_000L), OperatorNumbers.Point.Show("99.50")));
        Assert.Equal(("1.299,50", "12.000", "99,50"), (OperatorNumbers.Comma.Show(1299.5m), OperatorNumbers.Comma.Show(12_000L), OperatorNumbers.Comma.Show("99.50")));
    }

    [Theory]
    [InlineData("de-DE,de;q=0.9,en;q=0.8", "1.299,50")]
    [InlineData("pt", "1.299,50")]
    [InlineData("de-CH", "1,299.50")]
    [InlineData("es-MX,es;q=0.9", "1,299.50")]
    [InlineData("en-GB,de;q=0.5", "1,299.50")]
    [InlineData("", "1,299.50")]
    [InlineData(null, "1,299.50")]
    public void The_first_language_of_the_browser_suggests_a_style(string? acceptLanguage, string example) => Assert.Equal(example, OperatorNumbers.Guess(acceptLanguage).Example);

    [Fact]
    public void A_style_is_found_by_the_name_that_is_kept()
    {
        Assert.Same(OperatorNumbers.Comma, OperatorNumbers.Of(OperatorNumbers.Comma.Name));
        Assert.Same(OperatorNumbers.Point, OperatorNumbers.Of("none of them"));
    }
}
