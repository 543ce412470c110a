using Bunit;
using LiveShop.Tests.Harness;
using LiveShop.Web.Components.Shared;
using LiveShop.Web.Shopper;

namespace LiveShop.Tests;

public sealed class ShopNoticeTests : IDisposable
{
    private readonly ShopTab tab = new();

    public void Dispose() => tab.Dispose();

    [Fact]
    public void The_region_is_there_before_there_is_anything_to_say()
    {
        var region = tab.Render<ShopNotice>().Find("#notice[role=status]");

        Assert.Empty(region.Children);
    }

    [Theory]
    [InlineData(MessageKind.News, false)]
    [InlineData(MessageKind.Trouble, true)]
    public void A_message_is_said_in_it_and_trouble_looks_like_trouble(MessageKind kind, bool looksLikeTrouble)
    {
        var text = Render(default(Message).Next("Size 8 is gone.", kind)).Find("#notice > p");

        Assert.Equal("Size 8 is gone.", text.TextContent);
        Assert.Equal(looksLikeTrouble, text.ClassList.Contains("notice__text--trouble"));
    }

    [Fact]
    public async Task The_same_words_said_again_are_a_new_element_so_that_they_are_announced_again()
    {
        var first = default(Message).Next("Size 8 is gone.", MessageKind.Trouble);
        var again = first.Next("Size 8 is gone.", MessageKind.Trouble);
        await using var notice = new EditRecorder<ShopNotice>();
        await notice.ShowAsync(("Message", first));

        Assert.Empty(await notice.ShowAsync(("Message", first)));

        var edits = await notice.ShowAsync(("Message", again));
        Assert.Contains("PrependFrame", edits);
        Assert.Contains("RemoveFrame", edits);
    }

    private IRenderedComponent<ShopNotice> Render(Message message) => tab.Render<ShopNotice>(parameters => parameters.Add(p => p.Message, message));
}
