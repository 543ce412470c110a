using Microsoft.EntityFrameworkCore;

namespace LiveShop.Domain;

/// <summary>
/// The keys that protect cookies and circuits, as opaque XML: kept in the database so that every node and every restart
/// reads the same ones.
/// </summary>
public sealed class KeyRing
{
    private readonly IDbContextFactory<ShopDb> contexts;
    private int newest;

    internal KeyRing(IDbContextFactory<ShopDb> contexts) => this.contexts = contexts;

    /// <summary>Not for several threads, as <see cref="AddKey"/> is not.</summary>
    public IReadOnlyList<string> Load()
    {
        using var db = contexts.CreateDbContext();
        var rows = db.DataProtectionKeys.OrderBy(key => key.Id).ToList();
        newest = rows is [.., { } last] ? last.Id : 0;
        return [.. rows.Select(key => key.Xml)];
    }

    /// <summary>
    /// Adds a key, unless another node has added one since this one read the ring: of several that find it without a good key at the
    /// same time the first brings one, and the others find it when they read again. With a key each, they could not read what the
    /// others protected from two minutes after their start, when the framework looks for unknown keys no more, until the day after.
    /// </summary>
    public void AddKey(string friendlyName, string xml)
    {
        using var db = contexts.CreateDbContext();
        using var transaction = db.Database.BeginTransaction();
        db.Database.ExecuteSql($"lock table data_protection_keys in share row exclusive mode");
        if (db.DataProtectionKeys.Any(key => key.Id > newest)) return;
        var row = Insert(db, friendlyName, xml);
        transaction.Commit();
        newest = row.Id;
    }

    /// <summary>Adds what every node must know that reads the ring, such as a revocation.</summary>
    public void Add(string friendlyName, string xml)
    {
        using var db = contexts.CreateDbContext();
        Insert(db, friendlyName, xml);
    }

    private static DataProtectionKeyRow Insert(ShopDb db, string friendlyName, string xml)
    {
        var row = new DataProtectionKeyRow { FriendlyName = friendlyName, Xml = xml };
        db.DataProtectionKeys.Add(row);
        db.SaveChanges();
        return row;
    }
}
