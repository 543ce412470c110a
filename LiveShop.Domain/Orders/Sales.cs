using System.Collections.Immutable;
using Npgsql;

namespace LiveShop.Domain;

/// <summary>What was sold so far, counted. Counts are for operators; the public sees levels.</summary>
public sealed class Sales
{
    // What was supplied, less what is left, is what was sold: that reads few rows however much was sold, and both of one moment.
    private const string Figures =
        """
        select a.item_id, a.available, (coalesce(supply.pairs, 0) - a.available)::integer
        from availabilities a left join (
          select item_id, sum(delta) as pairs from stock_movements where reason not in ('sale', 'sell-out', 'return') group by item_id
        ) supply using (item_id)
        order by a.item_id;
        select count(*)::integer, coalesce(sum(total), 0) from orders where state = 'placed'
        """;

    private const string Intervals =
        """
        select to_timestamp(floor(extract(epoch from placed_at) / $2) * $2), count(*)::integer, sum(total)
        from orders where placed_at >= $1 group by 1 order by 1
        """;

    private readonly NpgsqlDataSource dataSource;

    internal Sales(NpgsqlDataSource dataSource) => this.dataSource = dataSource;

    /// <summary>Null when the database is out of reach.</summary>
    public async Task<SalesFigures?> ReadAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = dataSource.CreateCommand(Figures);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var items = ImmutableSortedDictionary.CreateBuilder<int, ItemSales>();
            while (await reader.ReadAsync(cancellationToken)) items.Add(reader.GetInt32(0), new ItemSales(reader.GetInt32(1), reader.GetInt32(2)));
            await reader.NextResultAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            return new SalesFigures(reader.GetInt32(0), reader.GetDecimal(1), items.ToImmutable());
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            return null;
        }
    }

    /// <summary>
    /// What was ordered since then, by spans of that length that begin at its multiples, oldest first and without the empty ones.
    /// Null when the database is out of reach.
    /// </summary>
    /// <param name="length">Whole seconds.</param>
    public async Task<IReadOnlyList<SalesInterval>?> ReadIntervalsAsync(DateTimeOffset since, TimeSpan length, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = dataSource.CreateCommand(Intervals);
            command.Parameters.AddWithValue(since.ToUniversalTime());
            command.Parameters.AddWithValue((int)length.TotalSeconds);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var intervals = new List<SalesInterval>();
            while (await reader.ReadAsync(cancellationToken))
            {
                intervals.Add(new SalesInterval(reader.GetFieldValue<DateTimeOffset>(0), reader.GetInt32(1), reader.GetDecimal(2)));
            }
            return intervals;
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            return null;
        }
    }
}

/// <summary>What was ordered in a span of time, whatever became of it later.</summary>
/// <param name="Start">By the database's clock.</param>
/// <param name="Revenue">US dollars.</param>
public readonly record struct SalesInterval(DateTimeOffset Start, int Orders, decimal Revenue);

/// <param name="Orders">Orders placed and neither cancelled nor refunded.</param>
/// <param name="Revenue">Their total in US dollars.</param>
/// <param name="Items">By item id.</param>
public sealed record SalesFigures(int Orders, decimal Revenue, ImmutableSortedDictionary<int, ItemSales> Items)
{
    public static readonly SalesFigures None = new(0, 0, ImmutableSortedDictionary<int, ItemSales>.Empty);

    public bool Equals(SalesFigures? other) =>
        other is not null && (Orders, Revenue) == (other.Orders, other.Revenue) && Items.SequenceEqual(other.Items);

    public override int GetHashCode() => HashCode.Combine(Orders, Revenue, Items.Count);
}

/// <param name="Available">Pairs left.</param>
/// <param name="Sold">Pairs that were ordered and did not come back, or that the demo's crowd took.</param>
public readonly record struct ItemSales(int Available, int Sold);
