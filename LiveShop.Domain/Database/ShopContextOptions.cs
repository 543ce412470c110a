using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;
#pragma warning disable EF1001 // Deriving from the provider's repository is how EF Core documents changing the history table.
using Npgsql.EntityFrameworkCore.PostgreSQL.Migrations.Internal;

namespace LiveShop.Domain;

/// <summary>Options that every context over the shop's database shares.</summary>
public static class ShopContextOptions
{
    /// <summary>Connects a context to the shop's database, with tables, columns, keys and indexes named in snake_case.</summary>
    /// <param name="migrationsTable">Table that lists the applied migrations of this context.</param>
    public static DbContextOptionsBuilder UseShopDatabase(
        this DbContextOptionsBuilder options, NpgsqlDataSource connections, string migrationsTable = HistoryRepository.DefaultTableName) => options
        .UseNpgsql(connections, npgsql => npgsql.MigrationsHistoryTable(migrationsTable))
        .UseSnakeCaseNamingConvention()
        .ReplaceService<IHistoryRepository, MigrationsHistory>();

    /// <summary>
    /// Keeps EF Core's own names in the migrations history tables. The naming convention would look for <c>migration_id</c> in
    /// databases that have <c>"MigrationId"</c>, and a node of an earlier release reads only that.
    /// </summary>
    private sealed class MigrationsHistory(HistoryRepositoryDependencies dependencies) : NpgsqlHistoryRepository(dependencies)
    {
        protected override void ConfigureTable(EntityTypeBuilder<HistoryRow> history)
        {
            base.ConfigureTable(history);
            history.HasKey(row => row.MigrationId).HasName($"PK_{TableName}");
            history.Property(row => row.MigrationId).HasColumnName(nameof(HistoryRow.MigrationId));
            history.Property(row => row.ProductVersion).HasColumnName(nameof(HistoryRow.ProductVersion));
        }
    }
}
