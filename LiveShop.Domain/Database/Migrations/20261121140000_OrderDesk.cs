using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LiveShop.Domain.Migrations;

/// <summary>
/// What operators look for among 100,000 orders, each by an index, and since when an order is cancelled or refunded. Pairs that
/// come back are no supply, as pairs that are sold are none, so the index of it leaves them out too.
/// </summary>
[DbContext(typeof(ShopDb))]
[Migration("20261121140000_OrderDesk")]
internal sealed class OrderDesk : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        alter table orders
          add column state_changed_at timestamp with time zone,
          add column email_lower text not null generated always as (lower(email)) stored;

        create index ix_orders_placed_at on orders (placed_at) include (total, state);
        create index ix_orders_email_lower on orders (email_lower text_pattern_ops);
        create index ix_orders_state_id on orders (state, id) where state <> 'placed';

        create index ix_order_lines_item_id_order_id on order_lines (item_id, order_id);
        drop index ix_order_lines_item_id;

        drop index ix_stock_movements_supply;
        create index ix_stock_movements_supply on stock_movements (item_id) include (delta) where reason not in ('sale', 'sell-out', 'return');
        """);
}
