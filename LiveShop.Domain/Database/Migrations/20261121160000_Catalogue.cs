using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LiveShop.Domain.Migrations;

/// <summary>Products that operators retire, and pictures that they upload.</summary>
[DbContext(typeof(ShopDb))]
[Migration("20261121160000_Catalogue")]
internal sealed class Catalogue : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        alter table products
          add column retired_at timestamp with time zone,
          add column picture_sha256 text;

        create table product_pictures (
          product_id integer not null constraint pk_product_pictures primary key
            constraint fk_product_pictures_products_product_id references products (id) on delete cascade,
          sha256 text not null,
          content_type text not null,
          bytes bytea not null
        );
        """);
}
