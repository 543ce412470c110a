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
    /// <summary>The kind of a completion that carries a result.</summary>
    private const int WithResult = 3;

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly Browser browser;
    private readonly HubSocket socket;
    private readonly Lock gate = new();
    private readonly Page page = new();
    private readonly TaskCompletionSource<string> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> interopReady = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Waiter> waiters = [];
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
            circuit.pings = new Timer(_ => _ = circuit.SendAsync(HubMessage.PingFrame), null, PingInterval, PingInterval);
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
        var waiter = new Waiter(shows);
        lock (gate)
        {
            if (Lost is not null) throw new CircuitLostException(Lost);
            if (NavigatedTo is not null || shows(page)) return Task.FromResult(DateTime.UtcNow);
            waiters.Add(waiter);
        }
        return waiter.Shown.Task.WaitAsync(patience, stop);
    }

    /// <summary>Does to an element of the page what a shopper does.</summary>
    /// <param name="value">What the element holds then, for an event that says so.</param>
    /// <returns>When the answer arrived (UTC): the server has done what the event asks for, and the page shows it.</returns>
    /// <exception cref="CircuitLostException"/>
    public Task<DateTime> DispatchAsync(PageNode element, string eventName, string? value = null)
    {
        var answer = new TaskCompletionSource<DateTime>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (Lost is not null) throw new CircuitLostException(Lost);
            answers.Add(++calls, answer);
            _ = SendEventAsync(calls, element, eventName, value);
        }
        return answer.Task;
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
            foreach (var waiter in waiters) waiter.Shown.TrySetException(new CircuitLostException(why));
            foreach (var answer in answers.Values) answer.TrySetException(new CircuitLostException(why));
            waiters.Clear();
            answers.Clear();
        }
        started.TrySetException(new CircuitLostException(why));
        interopReady.TrySetException(new CircuitLostException(why));
    }

    /// <summary>Why the circuit is to end; null to go on.</summary>
    private ValueTask<string?> TakeAsync(ReadOnlySpan<byte> message, DateTime arrived)
    {
        var reader = new MessagePackReader(message);
        reader.ReadArrayLength();
        switch (reader.ReadInteger())
        {
            case HubMessage.Invocation:
                reader.ReadEmptyMap();
                reader.ReadText();
                return InvokedAsync(reader.ReadText(), reader, arrived);
            case HubMessage.Completion:
                reader.ReadEmptyMap();
                reader.ReadText();
                // The answer to StartCircuit, the only call that wants one: the circuit's secret.
                if (reader.ReadInteger() != WithResult) return new($"The server starts no circuit: {reader.ReadString()}");
                started.TrySetResult(reader.ReadString());
                break;
            case HubMessage.Close:
                return new("The server closed the connection.");
        }
        return default;
    }

    private ValueTask<string?> InvokedAsync(ReadOnlySpan<byte> target, MessagePackReader arguments, DateTime arrived)
    {
        arguments.ReadArrayLength();
        if (target.SequenceEqual("JS.RenderBatch"u8))
        {
            return WhenSentAsync(ShowAsync(arguments.ReadInteger(), new RenderBatch(arguments.ReadBytes()), arrived));
        }
        if (target.SequenceEqual("JS.AttachComponent"u8))
        {
            lock (gate) page.Attach((int)arguments.ReadInteger());
        }
        else if (target.SequenceEqual("JS.BeginInvokeJS"u8))
        {
            return WhenSentAsync(AnswerAsync(arguments.ReadInteger(), arguments.ReadString(), arguments.ReadString()));
        }
        else if (target.SequenceEqual("JS.EndInvokeDotNet"u8))
        {
            var call = int.Parse(arguments.ReadText(), CultureInfo.InvariantCulture);
            lock (gate)
            {
                if (answers.Remove(call, out var answer)) answer.TrySetResult(arrived);
            }
            if (!arguments.ReadBoolean()) return new($"The server refuses an event: {arguments.ReadString()}");
        }
        else if (target.SequenceEqual("JS.Error"u8))
        {
            return new($"The server reports: {arguments.ReadString()}");
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
            Release(arrived);
            return acknowledged;
        }
    }

    private void Release(DateTime at)
    {
        for (var i = waiters.Count - 1; i >= 0; i--)
        {
            if (NavigatedTo is null && !waiters[i].Shows(page)) continue;
            waiters[i].Shown.TrySetResult(at);
            waiters.RemoveAt(i);
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
            lock (gate)
            {
                NavigatedTo = new Uri(browser.Shop.Root, parsed.RootElement[0].GetString()!).PathAndQuery;
                Release(DateTime.UtcNow);
            }
        }
        return handle == 0 ? Task.CompletedTask : SendAsync(HubMessage.Invoke("EndInvokeJSFromDotNet", null, handle, true, $"[{handle},true,null]"));
    }

    private Task SendAsync(byte[] frame) => socket.SendAsync(frame);

    private sealed record Waiter(Func<Page, bool> Shows)
    {
        public TaskCompletionSource<DateTime> Shown { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

internal sealed class CircuitLostException(string why) : Exception(why);
