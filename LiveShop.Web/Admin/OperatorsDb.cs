using LiveShop.Domain;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace LiveShop.Web.Admin;

/// <summary>
/// The operators' accounts, in the shop's database but with migrations of their own: ASP.NET Core Identity owns these tables,
/// and the domain knows nothing of it.
/// </summary>
internal sealed class OperatorsDb(DbContextOptions<OperatorsDb> options) : IdentityDbContext<IdentityUser>(options)
{
    public const string MigrationsTable = "__OperatorMigrationsHistory";

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Conventions.Add(_ => new SnakeCaseNames());
    }
}
