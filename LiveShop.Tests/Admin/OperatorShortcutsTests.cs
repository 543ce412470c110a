using LiveShop.Web.Admin;

namespace LiveShop.Tests;

public sealed class OperatorShortcutsTests
{
    private readonly OperatorShortcuts shortcuts = new();
    private readonly List<string> done = [];

    [Fact]
    public async Task The_page_that_is_shown_handles_a_shortcut_until_it_goes()
    {
        var page = shortcuts.Handle(OperatorShortcut.Release, Note("release"));

        Assert.True(await shortcuts.PressAsync(OperatorShortcut.Release));
        Assert.False(await shortcuts.PressAsync(OperatorShortcut.Pause));
        page.Dispose();
        Assert.False(await shortcuts.PressAsync(OperatorShortcut.Release));

        Assert.Equal(["release"], done);
    }

    [Fact]
    public async Task A_page_that_goes_late_takes_nothing_from_the_next_one()
    {
        var old = shortcuts.Handle(OperatorShortcut.Search, Note("old"));
        shortcuts.Handle(OperatorShortcut.Search, Note("new"));
        old.Dispose();

        Assert.True(await shortcuts.PressAsync(OperatorShortcut.Search));

        Assert.Equal(["new"], done);
    }

    [Fact]
    public async Task A_shortcut_that_led_to_another_page_is_handled_there_once()
    {
        var handled = new TaskCompletionSource();
        shortcuts.PressOnNextPage(OperatorShortcut.Pause);

        shortcuts.Handle(OperatorShortcut.Release, Note("release"));
        shortcuts.Handle(OperatorShortcut.Pause, () =>
        {
            done.Add("pause");
            handled.SetResult();
            return Task.CompletedTask;
        });
        await handled.Task.WaitAsync(TimeSpan.FromSeconds(20));
        shortcuts.Handle(OperatorShortcut.Pause, Note("again"));

        Assert.Equal(["pause"], done);
    }

    private Func<Task> Note(string what) => () =>
    {
        done.Add(what);
        return Task.CompletedTask;
    };
}
