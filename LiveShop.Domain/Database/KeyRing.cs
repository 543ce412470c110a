using Microsoft.EntityFrameworkCore;

namespace LiveShop.Domain;

/// <summary>
/// The keys that protect cookies and circuits, as opaque XML: kept in the database so that every node and every restart
/// reads the same ones.
/// </summary>
public sealed class KeyRing
{
    private readonly IDbContextFactory<ShopDb> contexts;

    internal KeyRing(IDbContextFactory<ShopDb> contexts) => this.contexts = contexts;

    public IReadOnlyList<string> Load()
    {
        using var db = contexts.CreateDbContext();
        return [.. db.DataProtectionKeys.OrderBy(key => key.Id).Select(key => key.Xml)];
    }

    public void Add(string friendlyName, string xml)
    {
        using var db = contexts.CreateDbContext();
        db.DataProtectionKeys.Add(new DataProtectionKeyRow { FriendlyName = friendlyName, Xml = xml });
        db.SaveChanges();
    }
}
