using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace LiveShop.Web.Admin;

/// <summary>
/// The operators' accounts, in the shop's database but with migrations of their own: ASP.NET Core Identity owns these tables,
/// and the domain knows nothing of it.
/// </summary>
internal sealed class OperatorsDb(DbContextOptions<OperatorsDb> options) : IdentityDbContext<IdentityUser>(options)
{
    public const string MigrationsTable = "__OperatorMigrationsHistory";

    /// <summary>
    /// Begins a transaction in which nobody else acts on the account, on whatever node, and reads it again: guesses are counted
    /// one after the other. Null, at once, when somebody does; a crowd that waits would take the connections that shoppers need.
    /// </summary>
    public async Task<IDbContextTransaction?> TryLockAsync(IdentityUser user)
    {
        var transaction = await Database.BeginTransactionAsync();
        try
        {
            await Database.ExecuteSqlAsync($"select 1 from asp_net_users where id = {user.Id} for update nowait");
            await Entry(user).ReloadAsync();
            return transaction;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            await transaction.DisposeAsync();
            return null;
        }
    }

    /// <summary>Names what Identity names explicitly, which the naming convention leaves alone.</summary>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<IdentityUser>(user =>
        {
            user.ToTable("asp_net_users");
            user.HasIndex(row => row.NormalizedUserName).HasDatabaseName("user_name_index");
            user.HasIndex(row => row.NormalizedEmail).HasDatabaseName("email_index");
        });
        builder.Entity<IdentityRole>(role =>
        {
            role.ToTable("asp_net_roles");
            role.HasIndex(row => row.NormalizedName).HasDatabaseName("role_name_index");
        });
        builder.Entity<IdentityRoleClaim<string>>().ToTable("asp_net_role_claims");
        builder.Entity<IdentityUserClaim<string>>().ToTable("asp_net_user_claims");
        builder.Entity<IdentityUserLogin<string>>().ToTable("asp_net_user_logins");
        builder.Entity<IdentityUserRole<string>>().ToTable("asp_net_user_roles");
        builder.Entity<IdentityUserToken<string>>().ToTable("asp_net_user_tokens");
    }
}
