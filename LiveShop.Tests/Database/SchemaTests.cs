using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using PostgresServer = LiveShop.Tests.Harness.PostgresServer;

namespace LiveShop.Tests;

/// <summary>The migrations are written by hand; this is what keeps them and EF Core's model the same.</summary>
public sealed class SchemaTests(PostgresServer postgres) : ShopTests(postgres)
{
    [Fact]
    public Task Columns_with_type_nullability_default_and_identity_are_those_of_the_model() => AreThoseOfTheModelAsync(
        """
        select format('%s.%s %s null=%s default=%s identity=%s', table_name, column_name,
          format_type(a.atttypid, a.atttypmod), is_nullable, column_default, identity_generation)
        from information_schema.columns c
        join pg_attribute a on a.attrelid = format('%I.%I', table_schema, table_name)::regclass and a.attname = column_name
        where table_schema = 'public' and table_name not like '%EFMigrationsHistory'
        """);

    [Fact]
    public Task Keys_foreign_keys_with_their_delete_rule_and_checks_are_those_of_the_model() => AreThoseOfTheModelAsync(
        """
        select format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
        from pg_constraint where connamespace = 'public'::regnamespace and conrelid::regclass::text not like '%EFMigrationsHistory%'
        """);

    [Fact]
    public Task Indexes_are_those_of_the_model() => AreThoseOfTheModelAsync(
        "select indexdef from pg_indexes where schemaname = 'public' and tablename not like '%EFMigrationsHistory'");

    [Fact]
    public Task Sequences_are_those_of_the_model() => AreThoseOfTheModelAsync(
        "select format('%s %s %s %s', sequencename, data_type, start_value, increment_by) from pg_sequences where schemaname = 'public'");

    /// <summary>Names, types and key as EF Core creates them without a naming convention. Earlier releases read and write these tables too.</summary>
    [Theory]
    [InlineData("__EFMigrationsHistory")]
    [InlineData("__OperatorMigrationsHistory")]
    public async Task The_migrations_history_is_that_of_earlier_releases(string table)
    {
        await using var accounts = await new Accounts(Database.ConnectionString).PrepareAsync();

        Assert.Equal(
            ["MigrationId character varying(150) true", "ProductVersion character varying(32) true"],
            await Database.ReadAllAsync<string>($"select format('%s %s %s', attname, format_type(atttypid, atttypmod), case when attnotnull then 'true' end) from pg_attribute where attrelid = '\"{table}\"'::regclass and attnum > 0 order by attnum"));
        Assert.Equal([$"PK_{table}"], await Database.ReadAllAsync<string>($"select conname from pg_constraint where conrelid = '\"{table}\"'::regclass and contype = 'p'"));
    }

    private async Task AreThoseOfTheModelAsync(string query)
    {
        await using var created = await Postgres.CreateEmptyDatabaseAsync();
        await using var db = await NewNode(connectionString: created.ConnectionString).Contexts.CreateDbContextAsync();
        Assert.True(await db.Database.EnsureCreatedAsync());
        await using var connections = NpgsqlDataSource.Create(created.ConnectionString);
        var options = new DbContextOptionsBuilder<KeysDb>();
        options.UseShopDatabase(connections);
        await using var keys = new KeysDb(options.Options);
        await keys.GetService<IRelationalDatabaseCreator>().CreateTablesAsync();

        var ofModel = await created.ReadAllAsync<string>(query);
        var migrated = await Database.ReadAllAsync<string>(query);

        Assert.NotEmpty(ofModel);
        Assert.Equal(ofModel.Order(StringComparer.Ordinal), migrated.Order(StringComparer.Ordinal));
    }
}
