using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LiveShop.Domain.Migrations;

/// <summary>
/// Lists of orders and of the audit log that begin at any place. Each sort order of orders has an index that ends with the id, so
/// that a page is read from where the one before ended; the few orders that are not placed have indexes of their own.
/// </summary>
[DbContext(typeof(ShopDb))]
[Migration("20261130210000_OrderLists")]
internal sealed class OrderLists : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        create index ix_orders_placed_at_id on orders (placed_at, id) include (total, state);
        drop index ix_orders_placed_at;
        create index ix_orders_email_lower_id on orders (email_lower collate "C", id);
        drop index ix_orders_email_lower;
        create index ix_orders_total_id on orders (total, id);

        create index ix_orders_state_placed_at_id on orders (state, placed_at, id) where state <> 'placed';
        create index ix_orders_state_total_id on orders (state, total, id) where state <> 'placed';
        drop index ix_orders_state_id;

        create index ix_audit_entries_actor_id on audit_entries (actor, id);
        create index ix_audit_entries_action_id on audit_entries (action, id);
        """);
}
