using LiveShop.Web;
using LiveShop.Web.Admin;
using LiveShop.Web.Circuits;
using LiveShop.Web.Cluster;
using LiveShop.Web.Commands;
using LiveShop.Web.Components;
using LiveShop.Web.Database;
using LiveShop.Web.Engine;
using LiveShop.Web.Health;
using LiveShop.Web.Metrics;
using LiveShop.Web.Pictures;
using LiveShop.Web.Settings;
using LiveShop.Web.Shopper;

return ShopCommands.AreIn(args) ? await ShopCommands.RunAsync(args) : await StartRefusal.ReportAsync(async () =>
{
    var builder = ShopBuilder.Create(args);
    var settings = builder.AddSettings();
    builder.Services.AddCluster(settings);
    await using var database = await builder.Services.AddDatabaseAsync(settings, EmbeddedPostgresRole.Shop);
    builder.Services.AddShopMetrics();
    builder.AddOtlpExport();
    builder.Services.AddShopNode();
    builder.Services.AddHealth();
    builder.Services.AddClusterMember(settings);
    builder.Services.AddCircuits();
    builder.Services.AddShopper();
    builder.Services.AddPictures();
    builder.Services.AddOperators();
    builder.Services.AddEngineRoom();
    builder.Services.AddShopComponents(settings);

    await using var app = builder.Build();
    app.UseShop();
    app.MapStaticAssets();
    app.MapShop();
    await app.PrepareDatabaseAsync();
    await app.RunNodeAsync();
});
