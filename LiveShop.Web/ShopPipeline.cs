using LiveShop.Web.Admin;
using LiveShop.Web.Circuits;
using LiveShop.Web.Components;
using LiveShop.Web.Health;
using LiveShop.Web.Metrics;
using LiveShop.Web.Pictures;
using LiveShop.Web.Requests;
using LiveShop.Web.Security;
using LiveShop.Web.Shopper;

namespace LiveShop.Web;

/// <summary>What a request goes through, and where it may end.</summary>
internal static class ShopPipeline
{
    public static void UseShop(this WebApplication app)
    {
        app.UsePublicAddress();
        app.UseHeadRequests();
        app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.UseRouting();
        app.UseManagementPort();
        app.UseSecurityHeaders();
        app.UseCircuits();
        app.UseSameOrigin();
        app.UseWaitingPage();
        app.UseAuthentication();
        app.UseCartCookie();
        app.UseAuthorization();
        app.UseAntiforgery();
    }

    public static void MapShop(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealth();
        endpoints.MapShopMetrics();
        endpoints.MapPictures();
        endpoints.MapCartForms();
        endpoints.MapOperators();
        endpoints.MapShopComponents();
    }
}
