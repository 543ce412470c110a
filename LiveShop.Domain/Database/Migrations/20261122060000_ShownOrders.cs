using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LiveShop.Domain.Migrations;

/// <summary>When the buyer was first shown the confirmation, so that one whose answer was lost is led to it.</summary>
[DbContext(typeof(ShopDb))]
[Migration("20261122060000_ShownOrders")]
internal sealed class ShownOrders : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        alter table orders add column shown_at timestamp with time zone;
        create index ix_orders_cart_id on orders (cart_id) where shown_at is null;
        """);
}
