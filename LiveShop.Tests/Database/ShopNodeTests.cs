using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Admin;
using LiveShop.Web.Database;
using LiveShop.Web.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ShopNode = LiveShop.Web.Database.ShopNode;

namespace LiveShop.Tests;

public sealed class ShopNodeTests(Harness.PostgresServer postgres) : ShopTests(postgres)
{
    [Fact]
    public async Task What_ends_a_node_by_itself_after_its_start_is_no_normal_end()
    {
        await using (await new Accounts(Database.ConnectionString, new AdminSettings("admin", AdminSettings.DevelopmentPassword, RefusesDevelopmentPassword: false)).PrepareAsync())
        {
        }
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddShopDomain(Database.ConnectionString, ShopSettings.Default).AddOperatorAccounts();
        builder.Services.AddSingleton(new AdminSettings("admin", null, RefusesDevelopmentPassword: true));
        builder.Services.AddSingleton<DatabasePreparation>().AddHostedService<ShopNode>();

        var refusal = await Assert.ThrowsAsync<SettingException>(builder.Build().RunNodeAsync);

        Assert.StartsWith("Admin:Password must be changed", refusal.Message, StringComparison.Ordinal);
    }
}
