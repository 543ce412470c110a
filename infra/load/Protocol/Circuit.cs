using System.Net.WebSockets;
using System.Text.Json;

namespace LiveShop.Load;

/// <summary>
/// One connected tab: the circuit protocol as the Blazor script speaks it, over a websocket without compression. Every render
/// batch is applied to the <see cref="Page"/> and acknowledged at once.
/// </summary>
internal sealed class Circuit : IAsyncDisposable
{
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(15);

    /// <summary>The default of the browser's script.</summary>
    private static readonly TimeSpan ServerTimeout = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly Browser browser;
    private HubSocket socket;
    private readonly Lock gate = new();
    private readonly Page page = new();
    private readonly TaskCompletionSource<string> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> interopReady = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PageWaiters waiters = new();
    private readonly Dictionary<int, TaskCompletionSource<DateTime>> answers = [];
    private TaskCompletionSource interrupted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<bool>? rejoined;
    private Timer? pings;
    private long bytesBefore;
    private long newestBatch;
    private int calls;
    private bool left;

    private Circuit(Browser browser, HubSocket socket) => (this.browser, this.socket) = (browser, socket);

    /// <summary>Called for every render batch after it was applied, one at a time, with the time of its arrival (UTC).</summary>
    public Action<Page, DateTime>? Rendered { get; set; }

    /// <summary>Where the server has sent the tab to; null while it stays.</summary>
    public string? NavigatedTo { get; private set; }

    /// <summary>Why the circuit ended without being asked to; null while it lives or when it left.</summary>
    public string? Lost { get; private set; }

    /// <summary>Whether the server asked for the page to be loaded anew, which is one way to be <see cref="Lost"/>.</summary>
    public bool IsToReload { get; private set; }

    /// <summary>Whether an error on the server ended it: the script does not come back to such a circuit.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Completes when it is <see cref="Lost"/>.</summary>
    public Task Interrupted => interrupted.Task;

    public long BytesReceived => bytesBefore + socket.BytesReceived;

    public int Batches { get; private set; }

    /// <summary>Opens the websocket and starts the page's component. A circuit that is lost right after its start is returned as such.</summary>
    /// <exception cref="HttpRequestException">It is refused.</exception>
    /// <exception cref="WebSocketException">It is refused, or the connection is lost before there is a circuit.</exception>
    /// <exception cref="CircuitLostException">The same.</exception>
    public static async Task<Circuit> StartAsync(Browser browser, string path, PageHtml html, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(StartLimit);
        var circuit = new Circuit(browser, await HubSocket.ConnectAsync(browser, limit.Token));
        try
        {
            _ = circuit.ReceiveAsync(circuit.socket);
            await circuit.SendAsync(HubMessage.Start(browser.Shop.Root.ToString(), new Uri(browser.Shop.Root, path).ToString(), html.State));
            circuit.Secret = await circuit.started.Task.WaitAsync(limit.Token);
            circuit.pings = new Timer(_ => circuit.Ping(), null, PingInterval, PingInterval);
            await circuit.interopReady.Task.WaitAsync(limit.Token);
            await circuit.SendAsync(HubMessage.Invoke("UpdateRootComponents", null, html.Operations, html.State));
            return circuit;
        }
        catch (CircuitLostException) when (circuit.Secret.Length > 0)
        {
            return circuit;
        }
        catch
        {
            await circuit.DisposeAsync();
            throw;
        }
    }

    private string Secret { get; set; } = "";

    /// <summary>The network is gone, and the server learns of it when it next says something.</summary>
    public void HangUp() => socket.GiveUp("The network was lost.");

    /// <summary>Connects to the circuit again after it was lost. The page goes on as it was, with what it missed.</summary>
    /// <returns>False when there is no such circuit any more.</returns>
    /// <exception cref="HttpRequestException">Nobody answers, and the same for the next two.</exception>
    /// <exception cref="WebSocketException"/>
    /// <exception cref="CircuitLostException"/>
    public async Task<bool> RejoinAsync(CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(StartLimit);
        var opened = await HubSocket.ConnectAsync(browser, limit.Token);
        var answer = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            socket.Dispose();
            bytesBefore += socket.BytesReceived;
            (socket, rejoined, Lost) = (opened, answer, null);
            interrupted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        _ = ReceiveAsync(opened);
        await SendAsync(HubMessage.Rejoin(Secret));
        return await answer.Task.WaitAsync(limit.Token);
    }

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
            _ = SendAsync(DomEvent.Write(calls, interopReady.Task.Result, element, eventName, value));
        }
        return answer.Task;
    }

    /// <summary>A browser gives up on a server that it has not heard of for so long, and so does this.</summary>
    private void Ping()
    {
        if (DateTime.UtcNow - socket.LastArrival > ServerTimeout) socket.GiveUp($"The server was silent for {ServerTimeout.TotalSeconds:0} s.");
        else _ = SendAsync(HubMessage.PingFrame);
    }

    /// <summary>Closes the tab as a browser does: it tells the server, which ends the circuit at once.</summary>
    public async Task LeaveAsync(CancellationToken stop)
    {
        if ((Lost is null || IsToReload) && Secret.Length > 0 && !left)
        {
            left = true;
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

    private async Task ReceiveAsync(HubSocket from)
    {
        if (await from.ReceiveAsync(TakeAsync) is { } why) Lose(why);
    }

    /// <summary>Lets go whoever waits for something of the circuit, unless that has been done.</summary>
    private void Lose(string why)
    {
        lock (gate)
        {
            Lost ??= why;
            waiters.Fail(new CircuitLostException(why));
            foreach (var answer in answers.Values) answer.TrySetException(new CircuitLostException(why));
            answers.Clear();
            started.TrySetException(new CircuitLostException(why));
            interopReady.TrySetException(new CircuitLostException(why));
            rejoined?.TrySetException(new CircuitLostException(why));
            interrupted.TrySetResult();
        }
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
            case CircuitMessageKind.Rejoined:
                rejoined?.TrySetResult(message.Number == 1);
                break;
            case CircuitMessageKind.Failure:
                HasFailed = true;
                return new(message.Text);
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
            // What was on its way when the connection was lost comes again.
            if (batchId <= newestBatch) return SendAsync(HubMessage.Invoke("OnRenderCompleted", null, batchId, null));
            newestBatch = batchId;
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
        else if (identifier.EndsWith("navigationManager.refresh", StringComparison.Ordinal))
        {
            IsToReload = true;
            Lose("The server asked for a reload.");
        }
        return handle == 0 ? Task.CompletedTask : SendAsync(HubMessage.Invoke("EndInvokeJSFromDotNet", null, handle, true, $"[{handle},true,null]"));
    }

    private Task SendAsync(byte[] frame) => socket.SendAsync(frame);
}

internal sealed class CircuitLostException(string why) : Exception(why);
