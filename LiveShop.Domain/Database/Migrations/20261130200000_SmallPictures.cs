using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LiveShop.Domain.Migrations;

/// <summary>
/// Adds a second, smaller encoding of a product's picture. A node of the release before replaces a picture without touching the
/// new columns; small_of then names the hash of the picture before, so that its smaller encoding is not shown for the new one.
/// </summary>
[DbContext(typeof(ShopDb))]
[Migration("20261130200000_SmallPictures")]
internal sealed class SmallPictures : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        alter table product_pictures
          add column small_bytes bytea,
          add column small_of text;
        """);
}
