using LiveShop.Load;

namespace LiveShop.Tests.Load;

public sealed class PageHtmlTests
{
    [Theory]
    [InlineData("""<meta http-equiv="refresh" content="1">""", 1)]
    [InlineData("<meta http-equiv=refresh content=1>", 1)]
    [InlineData("<meta http-equiv='Refresh' content='20; url=/'>", 20)]
    public void A_waiting_page_says_when_it_loads_itself_again(string html, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), PageHtml.RefreshesAfter($"<head>{html}</head>"));

    [Fact]
    public void Another_page_stays() => Assert.Null(PageHtml.RefreshesAfter("<head><meta charset=\"utf-8\"></head>"));
}
