using LiveShop.Domain;

namespace LiveShop.Load;

/// <summary>An item came to another stock level.</summary>
/// <param name="At">When the sale or correction was committed (UTC).</param>
internal readonly record struct LevelChange(int ItemId, StockLevel To, DateTime At)
{
    /// <summary>What the ledger says must have shown, in its order. Rows of one transaction are one change.</summary>
    public static List<LevelChange> Of(IReadOnlyDictionary<int, int> stockBefore, IEnumerable<Movement> movements, StockLevels levels)
    {
        var left = new Dictionary<int, int>(stockBefore);
        var shown = left.ToDictionary(item => item.Key, item => levels.Of(item.Value));
        var changes = new List<LevelChange>();
        foreach (var transaction in movements.GroupBy(movement => (movement.ItemId, movement.At)))
        {
            var (itemId, at) = transaction.Key;
            left[itemId] = left.GetValueOrDefault(itemId) + transaction.Sum(movement => movement.Delta);
            var level = levels.Of(left[itemId]);
            if (shown.TryGetValue(itemId, out var before) && before == level) continue;
            shown[itemId] = level;
            changes.Add(new LevelChange(itemId, level, at));
        }
        return changes;
    }
}
