using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace LiveShop.Domain;

/// <summary>Who did what to the store, and when.</summary>
public sealed class Audit
{
    private readonly IDbContextFactory<ShopDb> contexts;

    internal Audit(IDbContextFactory<ShopDb> contexts) => this.contexts = contexts;

    /// <summary>Reads a page of entries. Null when the database is out of reach.</summary>
    public async Task<IReadOnlyList<AuditEntry>?> FindAsync(AuditQuery? query = null, CancellationToken cancellationToken = default)
    {
        query ??= new AuditQuery();
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var matching = Matching(db, query);
            return await (query.OldestFirst ? matching.OrderBy(row => row.Id) : matching.OrderByDescending(row => row.Id))
                .Take(Math.Clamp(query.Limit, 1, AuditQuery.MaxLimit))
                .Select(row => new AuditEntry(row.Id, row.At, row.Actor, row.Action, row.Subject, row.Before, row.After))
                .ToListAsync(cancellationToken);
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            return null;
        }
    }

    /// <summary>
    /// Adds an entry on what was done outside the store's own transactions, such as signing in. False when the database is out
    /// of reach: what was done stays done.
    /// </summary>
    public async Task<bool> RecordAsync(string actor, string action, string subject, object? after = null)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync();
            Write(db, actor, action, subject, before: null, after);
            await db.SaveChangesAsync();
            return true;
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            return false;
        }
    }

    /// <summary>
    /// Adds an entry to what the caller saves, in the transaction of the action itself: neither is there without the other.
    /// </summary>
    internal static void Write(ShopDb db, string actor, string action, string subject, object? before, object? after) =>
        db.AuditEntries.Add(new AuditEntryRow
        {
            Actor = actor,
            Action = action,
            Subject = subject,
            Before = Json(before),
            After = Json(after),
        });

    internal static string SubjectOf(ProductRow product) => $"product {product.Sku}";

    internal static string SubjectOf(ItemRow item) => $"item {item.Sku}";

    internal static string SubjectOf(OrderRow order) => $"order {order.Number}";

    private static IQueryable<AuditEntryRow> Matching(ShopDb db, AuditQuery query)
    {
        IQueryable<AuditEntryRow> rows = db.AuditEntries;
        if (StorableText.Of(query.Text) is { Length: > 0 } text)
        {
            rows = db.AuditEntries.FromSql(
                $"select * from audit_entries where strpos(lower(concat_ws(' ', actor, action, subject, before, after)), lower({text})) > 0");
        }
        if (StorableText.Of(query.Actor) is { Length: > 0 } actor) rows = rows.Where(row => row.Actor == actor);
        if (StorableText.Of(query.Action) is { Length: > 0 } action) rows = rows.Where(row => row.Action == action);
        if (StorableText.Of(query.Subject) is { Length: > 0 } subject) rows = rows.Where(row => row.Subject.StartsWith(subject));
        if (query.From?.ToUniversalTime() is { } from) rows = rows.Where(row => row.At >= from);
        if (query.To?.ToUniversalTime() is { } to) rows = rows.Where(row => row.At < to);
        if (query.BeforeId is { } beforeId) rows = rows.Where(row => row.Id < beforeId);
        if (query.AfterId is { } afterId) rows = rows.Where(row => row.Id > afterId);
        return rows.AsNoTracking();
    }

    private static string? Json(object? state) => state is null ? null : JsonSerializer.Serialize(state, JsonSerializerOptions.Web);
}

/// <summary>What an <see cref="AuditEntry"/> says was done.</summary>
internal static class AuditAction
{
    public const string Import = "import";
    public const string Release = "release";
    public const string Schedule = "schedule";
    public const string Stop = "stop";
    public const string Resume = "resume";
    public const string Cancel = "cancel";
    public const string Refund = "refund";
    public const string Create = "create";
    public const string Edit = "edit";
    public const string Picture = "picture";
    public const string AddSizes = "add sizes";
    public const string Retire = "retire";
    public const string BringBack = "bring back";
}
