using System.Net.WebSockets;

namespace LiveShop.Load;

/// <summary>What a shopper may meet while a part of the shop is down, and tries again after.</summary>
internal static class Passing
{
    public static bool Is(Exception exception, CancellationToken stop) => !stop.IsCancellationRequested
        && exception is (HttpRequestException or WebSocketException or CircuitLostException or IOException or InvalidDataException or TimeoutException or OperationCanceledException);

    /// <summary>The same words for the same kind of thing.</summary>
    public static string Words(Exception exception) => exception switch
    {
        HttpRequestException { StatusCode: { } status } => $"answered {(int)status}",
        CircuitLostException => "the circuit ended",
        InvalidDataException => "the page was another",
        TimeoutException or OperationCanceledException => "no answer",
        _ => "the connection ended",
    };
}
