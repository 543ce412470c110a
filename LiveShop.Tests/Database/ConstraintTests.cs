using LiveShop.Tests.Harness;
using Npgsql;

namespace LiveShop.Tests;

/// <summary>What the database itself refuses, whatever the code in front of it forgets.</summary>
public sealed class ConstraintTests(PostgresServer postgres) : ShopTests(postgres)
{
    [Fact]
    public Task Availability_never_falls_below_0() =>
        RefusedAsync("update availabilities set available = available - 6", PostgresErrorCodes.CheckViolation, "ck_availabilities_available");

    [Fact]
    public Task A_price_is_never_below_0() =>
        RefusedAsync("update products set price = -0.01", PostgresErrorCodes.CheckViolation, "ck_products_price");

    [Fact]
    public Task Two_products_never_share_a_SKU() => RefusedAsync(
        "insert into products (sku, brand, name, colorway, price) values ('A', 'b', 'n', 'c', 1)", PostgresErrorCodes.UniqueViolation, "ix_products_sku");

    [Fact]
    public Task Two_items_never_share_a_SKU() =>
        RefusedAsync("insert into items (product_id, sku, size) values (1, 'A-8', 9)", PostgresErrorCodes.UniqueViolation, "ix_items_sku");

    [Fact]
    public Task A_product_has_each_size_once() =>
        RefusedAsync("insert into items (product_id, sku, size) values (1, 'other', 8)", PostgresErrorCodes.UniqueViolation, "ix_items_product_id_size");

    [Fact]
    public Task An_item_has_one_availability() =>
        RefusedAsync("insert into availabilities (item_id, available) values (1, 9)", PostgresErrorCodes.UniqueViolation, "pk_availabilities");

    [Fact]
    public Task A_cart_holds_an_item_once() => RefusedAsync(
        "insert into carts (id) values ('c'); insert into cart_items (cart_id, item_id) values ('c', 1), ('c', 1)",
        PostgresErrorCodes.UniqueViolation,
        "pk_cart_items");

    [Fact]
    public Task An_idempotency_key_is_used_once() =>
        RefusedAsync(Order("A", 1) + Order("B", 1), PostgresErrorCodes.UniqueViolation, "ix_orders_idempotency_key");

    [Fact]
    public Task An_order_number_is_used_once() =>
        RefusedAsync(Order("A", 1) + Order("A", 2), PostgresErrorCodes.UniqueViolation, "ix_orders_number");

    [Fact]
    public Task An_item_that_has_stock_cannot_be_deleted() =>
        RefusedAsync("delete from items", PostgresErrorCodes.ForeignKeyViolation, "fk_availabilities_items_item_id");

    [Fact]
    public Task The_ledger_holds_no_empty_movements() => RefusedAsync(
        "insert into stock_movements (item_id, delta, reason, actor) values (1, 0, 'r', 'a')",
        PostgresErrorCodes.CheckViolation,
        "ck_stock_movements_delta");

    [Fact]
    public Task There_is_one_store() => RefusedAsync("insert into store (id, epoch) values (2, 1)", PostgresErrorCodes.CheckViolation, "ck_store_one_row");

    [Fact]
    public async Task Every_way_of_changing_a_row_gives_it_a_higher_version()
    {
        await NewNode().AddItemAsync(stock: 5);
        const string Versions = "select version from availabilities union all select version from products";
        var before = await Database.ReadAllAsync<long>(Versions);

        await Database.ExecuteAsync("update availabilities set available = 4, version = 1; update products set name = name");

        var after = await Database.ReadAllAsync<long>(Versions);
        Assert.All(before.Zip(after), versions => Assert.True(versions.Second > before.Max()));
    }

    private static string Order(string number, int key) =>
        $"""
        insert into orders (number, cart_id, idempotency_key, email, name, address, city, postal_code, country, total)
        values ('{number}', 'c', '00000000-0000-0000-0000-00000000000{key}', '', '', '', '', '', '', 1);
        """;

    private async Task RefusedAsync(string sql, string sqlState, string constraint)
    {
        await NewNode().AddProductAsync("A", stock: 5);

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => Database.ExecuteAsync(sql));

        Assert.Equal((sqlState, constraint), (refusal.SqlState, refusal.ConstraintName));
    }
}
