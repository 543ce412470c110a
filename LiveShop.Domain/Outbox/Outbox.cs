using Npgsql;

namespace LiveShop.Domain;

/// <summary>The mails that orders have caused, until a mail server has taken them.</summary>
/// <remarks>
/// A mail is written in the transaction of its order, so there is none without an order and no order without its mail. Nodes
/// claim mails by a lease, not by a transaction that stays open while they send: a node that dies loses its claim when the
/// lease ends, and another sends. None is lost, and none is doubled whose acceptance was recorded. A node that dies (or sleeps
/// for longer than the lease) after a server took the mail and before that is recorded causes a repeat.
/// Every method throws what the database throws: see <see cref="DatabaseOutage"/>.
/// </remarks>
public sealed class Outbox
{
    /// <summary>How long a claimed mail is left to the node that claimed it: sending it and recording that must take less.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);

    // The subquery is materialised: as part of a join it might run again, and claim more than it should.
    private const string Claim =
        """
        with due as materialized (
          select order_id, kind from emails where next_attempt_at <= now() order by next_attempt_at limit $1 for update skip locked)
        update emails e set attempts = e.attempts + 1, next_attempt_at = now() + $2
        from due where e.order_id = due.order_id and e.kind = due.kind
        returning e.order_id, e.kind, e.recipient, e.attempts, e.created_at
        """;

    private const string Bought =
        """
        select o.id, o.number, o.email, o.total, o.placed_at, o.name, o.address, o.city, o.postal_code, o.country,
          l.item_id, l.product_name, l.size, l.price, o.state, o.state_changed_at
        from orders o join order_lines l on l.order_id = o.id where o.id = any($1) order by l.item_id
        """;

    // The order's id alone may, after a reset, be that of another order. What was sent is no longer postponed or refused.
    private const string Still = "where order_id = $1 and kind = $2 and created_at = $3 and sent_at is null";

    private readonly NpgsqlDataSource dataSource;

    internal Outbox(NpgsqlDataSource dataSource) => this.dataSource = dataSource;

    /// <summary>Mails that are due, longest due first, which no node will be given again before the <see cref="Lease"/> ends.</summary>
    public async Task<IReadOnlyList<OutgoingMail>> ClaimAsync(int most, CancellationToken cancellationToken = default)
    {
        var claimed = new List<Claimed>();
        await using (var command = dataSource.CreateCommand(Claim))
        {
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
            command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = Lease });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                claimed.Add(new Claimed(reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetInt32(3), reader.GetFieldValue<DateTimeOffset>(4)));
            }
        }
        if (claimed.Count == 0) return [];

        // A statement of its own, so that the claim holds no lock on orders: a reset, which locks orders first, would wait for it in a circle.
        var orders = await ReadOrdersAsync([.. claimed.Select(row => row.OrderId)], cancellationToken);
        return
        [
            .. from row in claimed
               where orders.ContainsKey(row.OrderId)
               select new OutgoingMail(row.OrderId, row.CreatedAt)
               {
                   Kind = row.Kind,
                   Recipient = row.Recipient,
                   Attempt = row.Attempt,
                   Order = orders[row.OrderId].Order,
                   Delivery = orders[row.OrderId].Delivery,
               },
        ];
    }

    /// <summary>Records that a server took the mail, so that it is never sent again.</summary>
    public Task MarkSentAsync(OutgoingMail mail, CancellationToken cancellationToken = default) =>
        UpdateAsync($"update emails set sent_at = now(), next_attempt_at = null, last_error = null {Still}", mail, cancellationToken);

    /// <summary>Gives the mail back, to be tried again after <see cref="DelayAfter"/>. Does nothing once the lease has passed to another attempt.</summary>
    public Task PostponeAsync(OutgoingMail mail, string error, CancellationToken cancellationToken = default) => UpdateAsync(
        $"update emails set next_attempt_at = now() + $5, last_error = $6 {Still} and attempts = $4", mail, cancellationToken,
        new NpgsqlParameter<int> { TypedValue = mail.Attempt },
        new NpgsqlParameter<TimeSpan> { TypedValue = DelayAfter(mail.Attempt) },
        new NpgsqlParameter<string> { TypedValue = StorableText.Of(error) });

    /// <summary>Records that nobody will ever take the mail, so that it is not tried again.</summary>
    public Task RefuseAsync(OutgoingMail mail, string error, CancellationToken cancellationToken = default) => UpdateAsync(
        $"update emails set next_attempt_at = null, last_error = $4 {Still}", mail, cancellationToken,
        new NpgsqlParameter<string> { TypedValue = StorableText.Of(error) });

    /// <summary>10 s after the first attempt, twice as long after each further one, an hour at most.</summary>
    internal static TimeSpan DelayAfter(int attempt)
    {
        var delay = FirstDelay;
        for (var i = 1; i < attempt && delay < LongestDelay; i++) delay *= 2;
        return delay < LongestDelay ? delay : LongestDelay;
    }

    private async Task<Dictionary<long, (Order Order, DeliveryDetails Delivery)>> ReadOrdersAsync(long[] ids, CancellationToken cancellationToken)
    {
        var orders = new Dictionary<long, (Order Order, DeliveryDetails Delivery)>();
        await using var command = dataSource.CreateCommand(Bought);
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = ids });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var id = reader.GetInt64(0);
            var line = new OrderLine(reader.GetInt32(10), reader.GetString(11), reader.GetDecimal(12), reader.GetDecimal(13));
            orders[id] = orders.TryGetValue(id, out var known)
                ? known with { Order = known.Order with { Lines = known.Order.Lines.Add(line) } }
                : (ReadOrder(reader, line), Delivery(reader));
        }
        return orders;
    }

    private static Order ReadOrder(NpgsqlDataReader reader, OrderLine line) => new(
        reader.GetString(1), reader.GetString(2), reader.GetDecimal(3), reader.GetFieldValue<DateTimeOffset>(4),
        OrderStateText.Parse(reader.GetString(14)), reader.IsDBNull(15) ? null : reader.GetFieldValue<DateTimeOffset>(15), [line]);

    private static DeliveryDetails Delivery(NpgsqlDataReader reader) => new()
    {
        Email = reader.GetString(2),
        Name = reader.GetString(5),
        Address = reader.GetString(6),
        City = reader.GetString(7),
        PostalCode = reader.GetString(8),
        Country = reader.GetString(9),
    };

    private async Task UpdateAsync(string sql, OutgoingMail mail, CancellationToken cancellationToken, params NpgsqlParameter[] more)
    {
        await using var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = mail.OrderId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = mail.Kind });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = mail.CreatedAt });
        command.Parameters.AddRange(more);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private sealed record Claimed(long OrderId, string Kind, string Recipient, int Attempt, DateTimeOffset CreatedAt);
}
