using LiveShop.Web.Admin;
using LiveShop.Web.Commands;
using LiveShop.Web.Components;
using LiveShop.Web.Database;
using LiveShop.Web.Health;
using LiveShop.Web.Pictures;
using LiveShop.Web.Security;
using LiveShop.Web.Settings;
using LiveShop.Web.Shopper;

return ShopCommands.AreIn(args) ? await ShopCommands.RunAsync(args) : await StartRefusal.ReportAsync(async () =>
{
    var builder = ShopBuilder.Create(args);
    var settings = builder.AddSettings();
    await using var database = await builder.Services.AddDatabaseAsync(settings, EmbeddedPostgresRole.Shop);
    builder.Services.AddShopNode();
    builder.Services.AddShopper();
    builder.Services.AddOperators();
    builder.Services.AddShopComponents();

    await using var app = builder.Build();
    app.UseExceptionHandler("/error", createScopeForErrors: true);
    app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
    app.UseRouting();
    app.UseSecurityHeaders();
    app.UseSameOrigin();
    app.UseOpeningPage();
    app.UseAuthentication();
    app.UseCartCookie();
    app.UseAuthorization();
    app.UseAntiforgery();
    app.MapHealth();
    app.MapPictures();
    app.MapCartForms();
    app.MapOperators();
    app.MapStaticAssets();
    app.MapShopComponents();
    await app.PrepareDatabaseAsync();
    await app.RunAsync();
});
