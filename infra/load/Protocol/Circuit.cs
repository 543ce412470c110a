using System.Globalization;
using System.Text.Json;

namespace LiveShop.Load;

/// <summary>
/// One connected tab: the circuit protocol as the Blazor script speaks it, over a websocket without compression. Every render
/// batch is applied to the <see cref="Page"/> and acknowledged at once.
/// </summary>
/// <remarks>MEASURED.md, "Speaking the circuit protocol without a browser".</remarks>
internal sealed class Circuit : IAsyncDisposable
{
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(15);

    /// <summary>The default of the browser's script.</summary>
    private static readonly TimeSpan ServerTimeout = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly Browser browser;
    private readonly HubSocket socket;
    private readonly Lock gate = new();
    private readonly Page page = new();
    private readonly TaskCompletionSource<string> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> interopReady = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PageWaiters waiters = new();
    private readonly Dictionary<int, TaskCompletionSource<DateTime>> answers = [];
    private Timer? pings;
    private int calls;

    private Circuit(Browser browser, HubSocket socket) => (this.browser, this.socket) = (browser, socket);

    /// <summary>Called for every render batch after it was applied, one at a time, with the time of its arrival (UTC).</summary>
    public Action<Page, DateTime>? Rendered { get; set; }

    /// <summary>Where the server has sent the tab to; null while it stays.</summary>
    public string? NavigatedTo { get; private set; }

    /// <summary>Why the circuit ended without being asked to; null while it lives or when it left.</summary>
    public string? Lost { get; private set; }

    public long BytesReceived => socket.BytesReceived;

    public int Batches { get; private set; }

    /// <summary>Opens the websocket and starts the page's component.</summary>
    public static async Task<Circuit> StartAsync(Browser browser, string path, PageHtml html, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(StartLimit);
        var negotiated = JsonDocument.Parse(await browser.PostAsync("/_blazor/negotiate?negotiateVersion=1", null, limit.Token));
        var socket = await HubSocket.OpenAsync(browser, negotiated.RootElement.GetProperty("connectionToken").GetString()!, limit.Token);
        var circuit = new Circuit(browser, socket);
        try
        {
            _ = circuit.ReceiveAsync();
            var root = browser.Shop.Root.ToString();
            await circuit.SendAsync(HubMessage.Invoke("StartCircuit", "0", root, new Uri(browser.Shop.Root, path).ToString(), "[]", html.State));
            circuit.Secret = await circuit.started.Task.WaitAsync(limit.Token);
            await circuit.interopReady.Task.WaitAsync(limit.Token);
            await circuit.SendAsync(HubMessage.Invoke("UpdateRootComponents", null, html.Operations, html.State));
            circuit.pings = new Timer(_ => circuit.Ping(), null, PingInterval, PingInterval);
            return circuit;
        }
        catch
        {
            await circuit.DisposeAsync();
            throw;
        }
    }

    private string Secret { get; set; } = "";

    /// <summary>Reads the page while nothing changes it.</summary>
    public T Read<T>(Func<Page, T> read)
    {
        lock (gate) return read(page);
    }

    /// <summary>Waits until the page shows something. Looks at once, and then at every batch.</summary>
    /// <returns>When the batch that showed it arrived (UTC).</returns>
    /// <exception cref="TimeoutException"/>
    /// <exception cref="CircuitLostException"/>
    public Task<DateTime> WaitAsync(Func<Page, bool> shows, TimeSpan patience, CancellationToken stop)
    {
        lock (gate)
        {
            if (Lost is not null) throw new CircuitLostException(Lost);
            return shows(page) ? Task.FromResult(DateTime.UtcNow) : waiters.Add(shows).WaitAsync(patience, stop);
        }
    }

    /// <summary>
    /// Does to an element of the page what a shopper does. It is looked for at the same moment, because a render may take it away
    /// before the next one.
    /// </summary>
    /// <param name="value">What the element holds then, for an event that says so.</param>
    /// <returns>When the answer arrived (UTC): the server has done what the event asks for, and the page shows it.</returns>
    /// <exception cref="CircuitLostException"/>
    /// <exception cref="InvalidDataException">The page has no such element.</exception>
    public Task<DateTime> DispatchAsync(Func<Page, PageNode?> find, string eventName, string? value = null)
    {
        var answer = new TaskCompletionSource<DateTime>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (Lost is not null) throw new CircuitLostException(Lost);
            var element = find(page) ?? throw new InvalidDataException($"The page has nothing for the {eventName}.");
            answers.Add(++calls, answer);
            _ = SendEventAsync(calls, element, eventName, value);
        }
        return answer.Task;
    }

    /// <summary>A browser gives up on a server that it has not heard of for so long, and so does this.</summary>
    private void Ping()
    {
        if (DateTime.UtcNow - socket.LastArrival > ServerTimeout) socket.GiveUp($"The server was silent for {ServerTimeout.TotalSeconds:0} s.");
        else _ = SendAsync(HubMessage.PingFrame);
    }

    private Task SendEventAsync(int call, PageNode element, string eventName, string? value)
    {
        var (handler, owner) = (element.Handler(eventName), element.OwnerId);
        if (handler == 0) throw new InvalidOperationException($"<{element.Name}> does not listen to {eventName}.");
        var field = value is null ? "null" : $$"""{"componentId":{{owner}},"fieldValue":{{PageHtml.Json(value)}}}""";
        var arguments = value is not null ? $$"""{"value":{{PageHtml.Json(value)}}}""" : eventName == "click" ? """{"detail":1,"button":0,"type":"click"}""" : "{}";
        return SendAsync(HubMessage.Invoke(
            "BeginInvokeDotNetFromJS", null, call.ToString(CultureInfo.InvariantCulture), null, "DispatchEventAsync", interopReady.Task.Result,
            $$"""[{"eventHandlerId":{{handler}},"eventName":"{{eventName}}","eventFieldInfo":{{field}}},{{arguments}}]"""));
    }

    /// <summary>Closes the tab as a browser does: it tells the server, which ends the circuit at once.</summary>
    public async Task LeaveAsync(CancellationToken stop)
    {
        if (Lost is null && Secret.Length > 0)
        {
            using var form = new FormUrlEncodedContent([new("circuitId", Secret)]);
            try
            {
                await browser.PostAsync("/_blazor/disconnect", form, stop);
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
            {
                // The server finds out by itself.
            }
        }
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (pings is not null) await pings.DisposeAsync();
        socket.Dispose();
    }

    private async Task ReceiveAsync()
    {
        var why = await socket.ReceiveAsync(TakeAsync);
        if (why is null) return;
        lock (gate)
        {
            Lost = why;
            waiters.Fail(new CircuitLostException(why));
            foreach (var answer in answers.Values) answer.TrySetException(new CircuitLostException(why));
            answers.Clear();
        }
        started.TrySetException(new CircuitLostException(why));
        interopReady.TrySetException(new CircuitLostException(why));
    }

    /// <summary>Why the circuit is to end; null to go on.</summary>
    private ValueTask<string?> TakeAsync(ReadOnlySpan<byte> bytes, DateTime arrived)
    {
        var message = CircuitMessage.Read(bytes);
        switch (message.Kind)
        {
            case CircuitMessageKind.Render:
                return WhenSentAsync(ShowAsync(message.Number, new RenderBatch(message.Batch), arrived));
            case CircuitMessageKind.Call:
                return WhenSentAsync(AnswerAsync(message.Number, message.Text, message.Arguments));
            case CircuitMessageKind.Attach:
                lock (gate) page.Attach((int)message.Number);
                break;
            case CircuitMessageKind.Answer:
                lock (gate)
                {
                    if (answers.Remove((int)message.Number, out var answer)) answer.TrySetResult(arrived);
                }
                break;
            case CircuitMessageKind.Started:
                started.TrySetResult(message.Text);
                break;
            case CircuitMessageKind.End:
                return new(message.Text);
        }
        return default;
    }

    private static async ValueTask<string?> WhenSentAsync(Task sending)
    {
        await sending;
        return null;
    }

    private Task ShowAsync(long batchId, RenderBatch batch, DateTime arrived)
    {
        lock (gate)
        {
            page.Apply(batch);
            Batches++;
            // After this the server forgets the handlers that the batch replaced, so no event of theirs may follow it.
            var acknowledged = SendAsync(HubMessage.Invoke("OnRenderCompleted", null, batchId, null));
            Rendered?.Invoke(page, arrived);
            waiters.Look(page, arrived);
            return acknowledged;
        }
    }

    private Task AnswerAsync(long handle, string identifier, string arguments)
    {
        if (identifier.EndsWith("attachWebRendererInterop", StringComparison.Ordinal))
        {
            using var parsed = JsonDocument.Parse(arguments);
            interopReady.TrySetResult(parsed.RootElement[1].GetProperty("__dotNetObject").GetInt32());
        }
        else if (identifier.EndsWith("navigationManager.navigateTo", StringComparison.Ordinal))
        {
            using var parsed = JsonDocument.Parse(arguments);
            lock (gate) NavigatedTo = new Uri(browser.Shop.Root, parsed.RootElement[0].GetString()!).PathAndQuery;
        }
        return handle == 0 ? Task.CompletedTask : SendAsync(HubMessage.Invoke("EndInvokeJSFromDotNet", null, handle, true, $"[{handle},true,null]"));
    }

    private Task SendAsync(byte[] frame) => socket.SendAsync(frame);
}

internal sealed class CircuitLostException(string why) : Exception(why);
