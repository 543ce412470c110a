using System.Diagnostics;

namespace LiveShop.Web.Admin;

/// <summary>Actions that the keyboard reaches from every operator's page.</summary>
internal enum OperatorShortcut
{
    /// <summary>Opens the dialog that releases a product.</summary>
    Release,

    /// <summary>Opens the dialog that pauses a sale.</summary>
    Pause,

    /// <summary>Moves the focus to the search field.</summary>
    Search,
}

/// <summary>Passes shortcuts from the layout of one circuit to the page that the circuit shows.</summary>
internal sealed class OperatorShortcuts
{
    /// <summary>A page that was not opened in this time was not opened for the shortcut.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    private readonly Dictionary<OperatorShortcut, Func<Task>> handlers = [];
    private OperatorShortcut? pending;
    private long pendingSince;

    /// <summary>
    /// Handles a shortcut until the result is disposed. One that was pressed on another page, and led here, is handled soon
    /// after this call.
    /// </summary>
    public IDisposable Handle(OperatorShortcut shortcut, Func<Task> act)
    {
        handlers[shortcut] = act;
        if (pending == shortcut)
        {
            pending = null;
            if (Stopwatch.GetElapsedTime(pendingSince) < Wait) _ = ActLaterAsync();
        }
        return new Registration(this, shortcut, act);

        // The page that registers has not rendered yet.
        async Task ActLaterAsync()
        {
            await Task.Yield();
            await PressAsync(shortcut);
        }
    }

    /// <summary>Returns false where the page that is shown does not handle the shortcut.</summary>
    public async Task<bool> PressAsync(OperatorShortcut shortcut)
    {
        if (!handlers.TryGetValue(shortcut, out var act)) return false;
        await act();
        return true;
    }

    /// <summary>Keeps the shortcut for the page that is opened next.</summary>
    public void PressOnNextPage(OperatorShortcut shortcut) => (pending, pendingSince) = (shortcut, Stopwatch.GetTimestamp());

    private sealed class Registration(OperatorShortcuts shortcuts, OperatorShortcut shortcut, Func<Task> act) : IDisposable
    {
        public void Dispose()
        {
            if (shortcuts.handlers.GetValueOrDefault(shortcut) == act) shortcuts.handlers.Remove(shortcut);
        }
    }
}
