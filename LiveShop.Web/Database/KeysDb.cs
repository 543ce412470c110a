using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace LiveShop.Web.Database;

/// <summary>
/// Data Protection's keys in the shop's database, so that every node and every restart reads the same ones. The shop's
/// migrations create the table.
/// </summary>
internal sealed class KeysDb(DbContextOptions<KeysDb> options) : DbContext(options), IDataProtectionKeyContext
{
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<DataProtectionKey>(key =>
    {
        key.Property(row => row.FriendlyName).IsRequired();
        key.Property(row => row.Xml).IsRequired();
    });
}
