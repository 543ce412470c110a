using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LiveShop.Domain.Migrations;

/// <summary>
/// Mails to send, written with the order that they are about. Orders that are there already get none: their buyers have
/// long seen the confirmation.
/// </summary>
[DbContext(typeof(ShopDb))]
[Migration("20261121150000_Outbox")]
internal sealed class Outbox : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        create table emails (
          order_id bigint not null constraint fk_emails_orders_order_id references orders (id) on delete restrict,
          kind text not null,
          recipient text not null,
          created_at timestamp with time zone not null default now(),
          next_attempt_at timestamp with time zone default now(),
          attempts integer not null default 0,
          sent_at timestamp with time zone,
          last_error text,
          constraint pk_emails primary key (order_id, kind),
          constraint ck_emails_sent check (sent_at is null or next_attempt_at is null)
        );
        create index ix_emails_next_attempt_at on emails (next_attempt_at) where next_attempt_at is not null;
        """);
}
