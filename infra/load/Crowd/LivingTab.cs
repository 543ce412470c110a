using System.Net;
using System.Net.WebSockets;

namespace LiveShop.Load;

/// <summary>
/// A tab on the store page that stays open whatever becomes of its node. It does what a browser with the Blazor script does and
/// nothing more: reloads when the server asks for it, comes back to its circuit when the connection is lost, and loads its page
/// again when the circuit is gone. Where a browser would stay on a dead page, that is written down, and the shopper reloads.
/// </summary>
internal sealed class LivingTab : IAsyncDisposable
{
    /// <summary>Until a shopper reloads by hand.</summary>
    private static readonly TimeSpan HandPause = TimeSpan.FromSeconds(5);

    /// <summary>Chromium's, before it loads a page again that it got no answer for.</summary>
    private static readonly TimeSpan[] LoadPauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30)];

    private readonly Browser browser;
    private readonly Tally tally;
    private readonly CancellationTokenSource closing = new();
    private readonly Lock gate = new();
    private readonly List<Gap> gaps = [];
    private Task living = Task.CompletedTask;
    private StoreTab page;
    private bool isLive = true;

    private LivingTab(Browser browser, Tally tally, StoreTab page) => (this.browser, this.tally, this.page) = (browser, tally, page);

    /// <summary>The page; null while it is not live.</summary>
    public StoreTab? Page
    {
        get
        {
            lock (gate) return isLive && page.Circuit.Lost is null ? page : null;
        }
    }

    /// <summary>In their order.</summary>
    public IReadOnlyList<Gap> Gaps
    {
        get
        {
            lock (gate) return [.. gaps];
        }
    }

    /// <exception cref="CircuitLostException"/>
    /// <exception cref="TimeoutException">It did not become live.</exception>
    /// <exception cref="HttpRequestException"/>
    public static async Task<LivingTab> OpenAsync(ShopAddress shop, Tally tally, CancellationToken stop)
    {
        var browser = new Browser(shop);
        var tab = new LivingTab(browser, tally, await StoreTab.OpenAsync(browser, stop));
        tally.Opened(tab.page);
        tab.living = tab.LiveOnAsync(tab.closing.Token);
        return tab;
    }

    public async Task LeaveAsync(CancellationToken stop)
    {
        await closing.CancelAsync();
        await living.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (isLive) tally.Closed();
        await page.LeaveAsync(stop);
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await living.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await page.DisposeAsync();
        closing.Dispose();
    }

    private async Task LiveOnAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await page.Circuit.Interrupted.WaitAsync(stop);
                Begin(new Gap(DateTime.UtcNow, page.Circuit.Lost ?? ""));
                await ComeBackAsync(stop);
                End(page.LiveSince);
            }
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            tally.Trouble("keeping a tab open", exception);
        }
    }

    private async Task ComeBackAsync(CancellationToken stop)
    {
        while (true)
        {
            if (!await RejoinAsync(stop)) await ReloadAsync(stop);
            try
            {
                await page.WaitUntilLiveAsync(stop);
                return;
            }
            catch (CircuitLostException)
            {
                // It died, or was sent away, before it showed anything.
            }
            catch (TimeoutException)
            {
                await ReloadByHandAsync("The page stayed as the server had prerendered it.", stop);
                await ReloadAsync(stop);
            }
        }
    }

    /// <summary>False when the page must be loaded anew.</summary>
    private async Task<bool> RejoinAsync(CancellationToken stop)
    {
        var circuit = page.Circuit;
        if (circuit.IsToReload) return false;
        if (circuit.HasFailed)
        {
            await ReloadByHandAsync(circuit.Lost!, stop);
            return false;
        }
        for (var attempt = 0; RejoinPause.Before(attempt) is { } pause; attempt++)
        {
            await Task.Delay(pause, stop);
            try
            {
                return await circuit.RejoinAsync(stop);
            }
            catch (Exception exception) when (IsNoAnswer(exception, stop))
            {
                // Nobody is there yet.
            }
        }
        await ReloadByHandAsync("The script gave up to reconnect.", stop);
        return false;
    }

    /// <summary>Until there is a page with a circuit.</summary>
    private async Task ReloadAsync(CancellationToken stop)
    {
        while (true)
        {
            var visit = await LoadAsync(stop);
            // Only now, as in a browser: the old page is there until the new one comes.
            _ = page.LeaveAsync(stop);
            if (visit.Status == HttpStatusCode.OK && PageHtml.Find(visit.Html) is { } html)
            {
                try
                {
                    page = new StoreTab(browser, await Circuit.StartAsync(browser, "/", html, stop));
                    return;
                }
                catch (Exception exception) when (IsNoAnswer(exception, stop))
                {
                    await ReloadByHandAsync($"The page got no circuit: {exception.Message}", stop);
                }
            }
            else if (PageHtml.RefreshesAfter(visit.Html) is { } pause) await Task.Delay(pause, stop);
            else await ReloadByHandAsync($"The reload was answered {(int)visit.Status}.", stop);
        }
    }

    private async Task<Visit> LoadAsync(CancellationToken stop)
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                return await browser.VisitAsync("/", stop);
            }
            catch (Exception exception) when (IsNoAnswer(exception, stop))
            {
                await Task.Delay(LoadPauses[Math.Min(failures, LoadPauses.Length - 1)], stop);
            }
        }
    }

    private Task ReloadByHandAsync(string deadEnd, CancellationToken stop)
    {
        lock (gate) gaps[^1] = gaps[^1] with { DeadEnd = gaps[^1].DeadEnd ?? deadEnd };
        return Task.Delay(HandPause, stop);
    }

    private void Begin(Gap gap)
    {
        lock (gate)
        {
            gaps.Add(gap);
            isLive = false;
        }
        tally.Closed();
    }

    private void End(DateTime at)
    {
        lock (gate)
        {
            gaps[^1] = gaps[^1] with { To = at };
            isLive = true;
        }
        tally.CameBack();
    }

    private static bool IsNoAnswer(Exception exception, CancellationToken stop) =>
        !stop.IsCancellationRequested && exception is (HttpRequestException or WebSocketException or CircuitLostException or IOException or OperationCanceledException);
}
