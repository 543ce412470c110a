using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LiveShop.Domain.Migrations;

/// <summary>The dashboard adds up what was supplied several times a second, among the many rows of what was sold.</summary>
[DbContext(typeof(ShopDb))]
[Migration("20261121130000_SupplyIndex")]
internal sealed class SupplyIndex : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        "create index ix_stock_movements_supply on stock_movements (item_id) include (delta) where reason not in ('sale', 'sell-out')");
}
