using Microsoft.EntityFrameworkCore;

namespace LiveShop.Domain;

/// <summary>
/// The shop's tables. Short-lived: one per unit of work, from <see cref="IDbContextFactory{TContext}"/>. Versions are stamped
/// by the database itself (see the migrations), so that a change made by hand is noticed like any other.
/// </summary>
internal sealed class ShopDb(DbContextOptions<ShopDb> options) : DbContext(options)
{
    public DbSet<StoreRow> Store => Set<StoreRow>();
    public DbSet<ProductRow> Products => Set<ProductRow>();
    public DbSet<ProductPictureRow> ProductPictures => Set<ProductPictureRow>();
    public DbSet<ItemRow> Items => Set<ItemRow>();
    public DbSet<AvailabilityRow> Availabilities => Set<AvailabilityRow>();
    public DbSet<StockMovementRow> StockMovements => Set<StockMovementRow>();
    public DbSet<CartRow> Carts => Set<CartRow>();
    public DbSet<CartItemRow> CartItems => Set<CartItemRow>();
    public DbSet<CheckoutDraftRow> CheckoutDrafts => Set<CheckoutDraftRow>();
    public DbSet<OrderRow> Orders => Set<OrderRow>();
    public DbSet<OrderLineRow> OrderLines => Set<OrderLineRow>();
    public DbSet<EmailRow> Emails => Set<EmailRow>();
    public DbSet<AuditEntryRow> AuditEntries => Set<AuditEntryRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<StoreRow>(store =>
        {
            store.Property(row => row.Id).ValueGeneratedNever();
            store.ToTable(table => table.HasCheckConstraint("ck_store_one_row", "id = 1"));
        });
        modelBuilder.Entity<ProductRow>(product =>
        {
            product.HasIndex(row => row.Sku).IsUnique();
            product.HasIndex(row => row.ChangedIn);
            product.Property(row => row.Price).HasPrecision(10, 2);
            product.Property(row => row.CreatedAt).HasDefaultValueSql("now()");
            product.Property(row => row.Version).ValueGeneratedOnAddOrUpdate();
            product.Property(row => row.ChangedIn).HasColumnType("xid8").ValueGeneratedOnAddOrUpdate();
            product.ToTable(table =>
            {
                table.HasCheckConstraint("ck_products_price", "price >= 0");
                table.HasCheckConstraint("ck_products_stop", "(stopped_at is null) = (stop_reason is null)");
            });
        });
        modelBuilder.Entity<ProductPictureRow>(picture =>
        {
            picture.HasKey(row => row.ProductId);
            picture.Property(row => row.ProductId).ValueGeneratedNever();
            picture.HasOne<ProductRow>().WithOne().HasForeignKey<ProductPictureRow>(row => row.ProductId).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<ItemRow>(item =>
        {
            item.HasOne<ProductRow>().WithMany(row => row.Items).HasForeignKey(row => row.ProductId).OnDelete(DeleteBehavior.Restrict);
            item.HasIndex(row => row.Sku).IsUnique();
            item.HasIndex(row => new { row.ProductId, row.Size }).IsUnique();
            item.Property(row => row.Size).HasPrecision(4, 1);
            item.ToTable(table =>
            {
                table.HasCheckConstraint("ck_items_size", "size > 0");
                table.HasCheckConstraint("ck_items_stop", "(stopped_at is null) = (stop_reason is null)");
            });
        });
        modelBuilder.Entity<AvailabilityRow>(availability =>
        {
            availability.HasKey(row => row.ItemId);
            availability.Property(row => row.ItemId).ValueGeneratedNever();
            availability.HasOne<ItemRow>().WithOne().HasForeignKey<AvailabilityRow>(row => row.ItemId).OnDelete(DeleteBehavior.Restrict);
            availability.HasIndex(row => row.ChangedIn);
            availability.Property(row => row.Version).ValueGeneratedOnAddOrUpdate();
            availability.Property(row => row.ChangedIn).HasColumnType("xid8").ValueGeneratedOnAddOrUpdate();
            availability.ToTable(table => table.HasCheckConstraint("ck_availabilities_available", "available >= 0"));
        });
        modelBuilder.Entity<StockMovementRow>(movement =>
        {
            movement.HasOne<ItemRow>().WithMany().HasForeignKey(row => row.ItemId).OnDelete(DeleteBehavior.Restrict);
            movement.HasOne<OrderRow>().WithMany().HasForeignKey(row => row.OrderId).OnDelete(DeleteBehavior.Restrict);
            movement.HasIndex(row => row.ItemId);
            movement.HasIndex(row => row.ItemId, "supply").HasDatabaseName("ix_stock_movements_supply").IncludeProperties(row => row.Delta).HasFilter("reason not in ('sale', 'sell-out', 'return')");
            movement.Property(row => row.At).HasDefaultValueSql("now()");
            movement.ToTable(table => table.HasCheckConstraint("ck_stock_movements_delta", "delta <> 0"));
        });
        modelBuilder.Entity<CartRow>(cart =>
        {
            cart.Property(row => row.Id).ValueGeneratedNever();
            cart.Property(row => row.CheckoutKey).HasDefaultValueSql("gen_random_uuid()");
            cart.Property(row => row.Version).HasDefaultValueSql("nextval('shop_version')");
            cart.Property(row => row.UpdatedAt).HasDefaultValueSql("now()");
            cart.HasIndex(row => row.UpdatedAt);
            cart.HasIndex(row => row.ChangedIn);
            cart.Property(row => row.ChangedIn).HasColumnType("xid8").HasDefaultValueSql("pg_current_xact_id()").ValueGeneratedOnAddOrUpdate();
        });
        modelBuilder.Entity<CartItemRow>(item =>
        {
            item.HasKey(row => new { row.CartId, row.ItemId });
            item.HasOne<CartRow>().WithMany().HasForeignKey(row => row.CartId).OnDelete(DeleteBehavior.Cascade);
            item.HasOne<ItemRow>().WithMany().HasForeignKey(row => row.ItemId).OnDelete(DeleteBehavior.Restrict);
            item.Property(row => row.AddedAt).HasDefaultValueSql("clock_timestamp()");
        });
        modelBuilder.Entity<CheckoutDraftRow>(draft =>
        {
            draft.HasKey(row => row.CartId);
            draft.HasOne<CartRow>().WithOne().HasForeignKey<CheckoutDraftRow>(row => row.CartId).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<OrderRow>(order =>
        {
            order.HasIndex(row => row.Number).IsUnique();
            order.HasIndex(row => row.IdempotencyKey).IsUnique();
            order.Property(row => row.Total).HasPrecision(10, 2);
            order.Property(row => row.State).HasDefaultValue("placed");
            order.Property(row => row.PlacedAt).HasDefaultValueSql("now()");
            order.Property(row => row.EmailLower).HasComputedColumnSql("lower(email)", stored: true);
            order.HasIndex(row => new { row.PlacedAt, row.Id }).IncludeProperties(row => new { row.Total, row.State });
            order.HasIndex(row => new { row.EmailLower, row.Id }).UseCollation("C");
            order.HasIndex(row => new { row.Total, row.Id });
            order.HasIndex(row => new { row.State, row.PlacedAt, row.Id }).HasFilter("state <> 'placed'");
            order.HasIndex(row => new { row.State, row.Total, row.Id }).HasFilter("state <> 'placed'");
            order.HasIndex(row => row.CartId).HasFilter("shown_at is null");
            order.ToTable(table =>
            {
                table.HasCheckConstraint("ck_orders_total", "total >= 0");
                table.HasCheckConstraint("ck_orders_state", "state in ('placed', 'cancelled', 'refunded')");
            });
        });
        modelBuilder.Entity<OrderLineRow>(line =>
        {
            line.HasKey(row => new { row.OrderId, row.ItemId });
            line.HasIndex(row => new { row.ItemId, row.OrderId });
            line.HasOne<OrderRow>().WithMany(row => row.Lines).HasForeignKey(row => row.OrderId).OnDelete(DeleteBehavior.Restrict);
            line.HasOne<ItemRow>().WithMany().HasForeignKey(row => row.ItemId).OnDelete(DeleteBehavior.Restrict);
            line.Property(row => row.Size).HasPrecision(4, 1);
            line.Property(row => row.Price).HasPrecision(10, 2);
            line.ToTable(table => table.HasCheckConstraint("ck_order_lines_price", "price >= 0"));
        });
        modelBuilder.Entity<EmailRow>(email =>
        {
            email.HasKey(row => new { row.OrderId, row.Kind });
            email.HasOne<OrderRow>().WithMany().HasForeignKey(row => row.OrderId).OnDelete(DeleteBehavior.Restrict);
            email.HasIndex(row => row.NextAttemptAt).HasFilter("next_attempt_at is not null");
            email.Property(row => row.CreatedAt).HasDefaultValueSql("now()");
            email.Property(row => row.NextAttemptAt).HasDefaultValueSql("now()");
            email.Property(row => row.Attempts).HasDefaultValue(0);
            email.ToTable(table => table.HasCheckConstraint("ck_emails_sent", "sent_at is null or next_attempt_at is null"));
        });
        modelBuilder.Entity<AuditEntryRow>(entry =>
        {
            entry.HasIndex(row => row.At);
            entry.HasIndex(row => row.Subject);
            entry.HasIndex(row => new { row.Actor, row.Id });
            entry.HasIndex(row => new { row.Action, row.Id });
            entry.Property(row => row.At).HasDefaultValueSql("clock_timestamp()");
            entry.Property(row => row.Before).HasColumnType("jsonb");
            entry.Property(row => row.After).HasColumnType("jsonb");
        });
        modelBuilder.HasSequence<long>("shop_version");
    }
}
