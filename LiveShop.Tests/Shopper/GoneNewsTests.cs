using LiveShop.Tests.Harness;
using LiveShop.Web.Shopper;
using Microsoft.Extensions.Time.Testing;

namespace LiveShop.Tests;

public sealed class GoneNewsTests
{
    private readonly FakeTimeProvider time = new();
    private readonly GoneNews news;

    public GoneNewsTests() => news = new GoneNews(time);

    [Fact]
    public void What_goes_is_told_once()
    {
        Assert.Empty(Take(gone: []));

        Assert.Equal([1], Take(gone: [1]));
        Assert.Equal([2], Take(gone: [1, 2]));
        Assert.Empty(Take(gone: [1, 2]));
    }

    [Fact]
    public void What_came_back_is_told_when_it_goes_again()
    {
        Take(gone: [1]);
        Take(gone: []);

        Assert.Equal([1], Take(gone: [1]));
    }

    [Fact]
    public void What_was_told_in_other_words_is_no_news_though_the_shelf_hears_of_other_things_first()
    {
        news.Told([1]);

        Assert.Empty(Take(gone: []));
        Assert.Equal([2], Take(gone: [1, 2]));
    }

    [Fact]
    public void But_it_is_when_it_goes_much_later()
    {
        news.Told([1]);
        Take(gone: []);

        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal([1], Take(gone: [1]));
    }

    private IEnumerable<int> Take(int[] gone) =>
        news.Take([.. new[] { 1, 2 }.Select(id => new CartLine(id, "A", 8, 120, IsGone: gone.Contains(id)))]).Select(line => line.ItemId);
}
