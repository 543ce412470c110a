using System.Globalization;

namespace LiveShop.Load;

/// <summary>What the script sends when something happens to an element.</summary>
internal static class DomEvent
{
    /// <param name="call">Comes back with the answer.</param>
    /// <param name="interop">The server's object that takes events.</param>
    /// <param name="value">What the element holds then, for an event that says so.</param>
    public static byte[] Write(int call, int interop, PageNode element, string eventName, string? value)
    {
        var (handler, owner) = (element.Handler(eventName), element.OwnerId);
        if (handler == 0) throw new InvalidOperationException($"<{element.Name}> does not listen to {eventName}.");
        var field = value is null ? "null" : $$"""{"componentId":{{owner}},"fieldValue":{{PageHtml.Json(value)}}}""";
        var arguments = value is not null ? $$"""{"value":{{PageHtml.Json(value)}}}""" : eventName == "click" ? """{"detail":1,"button":0,"type":"click"}""" : "{}";
        return HubMessage.Invoke(
            "BeginInvokeDotNetFromJS", null, call.ToString(CultureInfo.InvariantCulture), null, "DispatchEventAsync", interop,
            $$"""[{"eventHandlerId":{{handler}},"eventName":"{{eventName}}","eventFieldInfo":{{field}}},{{arguments}}]""");
    }
}
