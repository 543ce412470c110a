using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LiveShop.Domain.Migrations;

/// <summary>Which transaction changed a cart last, so that a node finds those that it did not hear of.</summary>
[DbContext(typeof(ShopDb))]
[Migration("20261121170000_CartSync")]
internal sealed class CartSync : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        create function stamp_transaction() returns trigger language plpgsql as $$
        begin
          new.changed_in := pg_current_xact_id();
          return new;
        end $$;
        alter table carts add column changed_in xid8 not null default pg_current_xact_id();
        create index ix_carts_changed_in on carts (changed_in);
        create trigger stamp_transaction before insert or update on carts for each row execute function stamp_transaction();
        """);
}
