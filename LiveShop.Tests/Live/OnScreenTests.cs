using LiveShop.Web.Live;

namespace LiveShop.Tests;

public sealed class OnScreenTests
{
    private readonly OnScreen<string> screen = new();

    [Fact]
    public void What_was_rendered_is_shown_once_the_browser_has_acknowledged_it()
    {
        screen.Rendering("$120");
        Assert.Null(screen.Shown);
        screen.Acknowledged();
        screen.Rendering("$150");
        screen.Rendering("$140");

        Assert.Equal("$120", screen.Shown);
        screen.Acknowledged();
        Assert.Equal("$150", screen.Shown);
        screen.Acknowledged();
        Assert.Equal("$140", screen.Shown);
    }
}
