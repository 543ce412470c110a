using LiveShop.Domain;

namespace LiveShop.Tests;

public sealed class CartIdTests
{
    [Fact]
    public void A_new_id_is_read_back_from_its_value()
    {
        var id = CartId.New();

        Assert.True(CartId.TryParse(id.Value, out var read));
        Assert.Equal(id, read);
        Assert.Equal(43, id.Value.Length);
    }

    [Fact]
    public void No_two_are_alike() => Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => CartId.New()).Distinct().Count());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'--")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\0A")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA ")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("ÄAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_is_malformed_does_not_parse(string? value)
    {
        Assert.False(CartId.TryParse(value, out var id));
        Assert.Equal(default, id);
    }

    [Fact]
    public void Text_a_megabyte_long_does_not_parse() => Assert.False(CartId.TryParse(new string('A', 1 << 20), out _));

    [Fact]
    public void It_never_shows_in_a_log()
    {
        var id = CartId.New();

        Assert.DoesNotContain(id.Value, $"{id} {Cart.Empty(id)} {new CartChanged(Cart.Empty(id))}", StringComparison.Ordinal);
    }
}
