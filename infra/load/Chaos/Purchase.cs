namespace LiveShop.Load;

/// <summary>What a shopper was told of one purchase.</summary>
/// <param name="email">Of this purchase alone: its order is known by it.</param>
internal sealed class Purchase(string email)
{
    private readonly List<string> story = [];

    public string Email => email;

    /// <summary>Whether an order may have been placed of which the shopper has not been told.</summary>
    public bool MayBePlaced { get; private set; }

    /// <summary>When the shopper learned that it is placed (UTC); null as long as it is not.</summary>
    public DateTime? PlacedAt { get; private set; }

    /// <summary>Of the order, where the shop showed it.</summary>
    public string? Number { get; private set; }

    public int Lost { get; private set; }

    /// <summary>Of the lost ones, those that the shopper's own network took, which goes now and then.</summary>
    public int HungUp { get; private set; }

    public int Unconfirmed { get; private set; }

    /// <summary>What the shopper learned in the end, if an answer was missing before; else null.</summary>
    public string? LearnedLate => Lost + Unconfirmed == 0 ? null : PlacedAt is null ? "not sold" : story[^1];

    /// <summary>The shop said that it did not sell, or could not tell.</summary>
    public void Refuse(string reason)
    {
        story.Add(reason);
        if (reason == Refusal.NotConfirmed)
        {
            MayBePlaced = true;
            Unconfirmed++;
        }
        // The database had the last word: an order under the same key would have been found.
        else if (reason == Refusal.GoneWhilePaying) MayBePlaced = false;
    }

    public void LoseAnswer(bool byHangingUp = false)
    {
        story.Add("answer lost");
        MayBePlaced = true;
        Lost++;
        if (byHangingUp) HungUp++;
    }

    public void ShowConfirmation(string number) => Place("confirmation", number);

    /// <summary>Who came back to the checkout with the cart that was bought was led to the order.</summary>
    public void LeadToConfirmation(string number) => Place("led to the confirmation", number);

    /// <summary>The page of the cart names the order.</summary>
    public void NameOrder(string number) => Place("order named at the cart", number);

    /// <summary>The shopper was told by the empty cart alone.</summary>
    public void FindCartEmpty() => Place("cart empty", null);

    /// <param name="numbers">Of the orders that the database has for it.</param>
    /// <returns>What is wrong, with what happened; null when it is as told.</returns>
    public string? Compare(IReadOnlyList<string> numbers)
    {
        var wrong = numbers switch
        {
            [] when PlacedAt is not null => "was told that it is placed, and has no order",
            [_] when PlacedAt is null => $"was told that nothing is sold, and has order {numbers[0]}",
            [_] when Number is not null && Number != numbers[0] => $"was shown order {Number}, and has {numbers[0]}",
            [_, _, ..] => $"has {numbers.Count} orders: {string.Join(", ", numbers)}",
            _ => null,
        };
        return wrong is null ? null : $"{email} {wrong} ({string.Join(", ", story)}).";
    }

    private void Place(string how, string? number)
    {
        story.Add(how);
        (PlacedAt, Number) = (DateTime.UtcNow, number);
    }
}
