using LiveShop.Domain;
using LiveShop.Web.Components.Pages.Admin;
using LiveShop.Web.Requests;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Net.Http.Headers;

namespace LiveShop.Web.Admin;

/// <summary>The orders of a search as a file, however many they are.</summary>
internal static class OrderExport
{
    public const string Path = "/admin/orders.csv";

    public static void MapOrderExport(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(Path, SendAsync).RequireAuthorization(new AuthorizeAttribute { Roles = AdminPage.Roles });

    private static async Task SendAsync([AsParameters] OrderTerms terms, HttpContext context, OrderBook book, TimeProvider time)
    {
        var response = context.Response;
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition =
            new ContentDispositionHeaderValue("attachment") { FileName = $"orders-{time.GetUtcNow():yyyy-MM-dd}.csv" }.ToString();
        if (context.AsksForHeadersOnly()) return;
        if (await book.ExportAsync(terms.Query, response.Body, context.RequestAborted)) return;
        if (response.HasStarted)
        {
            // Half a file must not look like a whole one.
            context.Abort();
            return;
        }
        response.Clear();
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        await response.WriteAsync("The database is out of reach. Try again in a moment.");
    }
}
