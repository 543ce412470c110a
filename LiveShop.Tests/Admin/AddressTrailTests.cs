using LiveShop.Web.Admin;

namespace LiveShop.Tests;

public sealed class AddressTrailTests
{
    private readonly AddressTrail<string> trail = new();

    [Fact]
    public void What_the_page_wrote_itself_is_no_news_however_late_it_is_reported()
    {
        Assert.True(trail.IsNews("?"));
        trail.Write("?text=a");
        trail.Write("?text=ab");

        Assert.False(trail.IsNews("?text=a"));
        Assert.False(trail.IsNews("?text=ab"));
    }

    [Fact]
    public void A_render_before_the_report_is_no_news()
    {
        trail.IsNews("?");
        trail.Write("?text=a");

        Assert.False(trail.IsNews("?"));
        Assert.False(trail.IsNews("?text=a"));
    }

    [Fact]
    public void The_way_back_to_what_the_page_wrote_is_news()
    {
        trail.IsNews("?");
        trail.Write("?text=a");
        trail.IsNews("?text=a");
        trail.Write("?text=b");
        trail.IsNews("?text=b");

        Assert.True(trail.IsNews("?text=a"));
        Assert.True(trail.IsNews("?"));
    }

    [Fact]
    public void A_report_that_the_browser_left_out_is_not_waited_for()
    {
        trail.Write("?text=a");
        trail.Write("?text=ab");
        trail.IsNews("?text=ab");

        Assert.True(trail.IsNews("?text=a"));
    }
}
