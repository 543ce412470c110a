namespace LiveShop.Domain;

/// <summary>The life of an order. It begins placed, may become cancelled, and refunded from either; nothing leads back.</summary>
public enum OrderState
{
    Placed,

    /// <summary>It is not sent; its pairs are back in stock.</summary>
    Cancelled,

    /// <summary>The money went back; so did the pairs, then or when it was cancelled before.</summary>
    Refunded,
}

/// <summary>The states as the database has them.</summary>
internal static class OrderStateText
{
    public static string Of(OrderState state) => state.ToString().ToLowerInvariant();

    public static OrderState Parse(string text) => Enum.Parse<OrderState>(text, ignoreCase: true);
}
