using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace LiveShop.Web.Database;

/// <summary>
/// Makes nodes agree on one key. Of several nodes that find no good key at the same time, the first stores its key; the others
/// store none and use that one, because the framework reads all keys again after it has stored one. With a key each, a node could
/// not read what the others protect: two minutes after its start, the framework stops looking for unknown keys for a day.
/// </summary>
internal sealed class SharedKeyRing(IXmlRepository keys, IServiceScopeFactory scopes) : IXmlRepository
{
    private int known;

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var elements = keys.GetAllElements();
        known = elements.Count;
        return elements;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<KeysDb>();
        using var transaction = db.Database.BeginTransaction();
        // Excludes other holders, also the stronger lock of an earlier release.
        db.Database.ExecuteSql($"lock table data_protection_keys in share update exclusive mode");
        // A revocation is stored whatever other nodes did.
        if (element.Name.LocalName == "key" && db.DataProtectionKeys.Count() > known) return;
        // In the transaction that holds the lock: on a connection of its own, the insert would queue behind a node that waits for the lock.
        db.DataProtectionKeys.Add(new DataProtectionKey { FriendlyName = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        db.SaveChanges();
        transaction.Commit();
    }
}
