using System.Security.Claims;
using Bunit;
using LiveShop.Web.Admin;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace LiveShop.Tests.Harness;

/// <summary>Tests of the pages on which operators write the catalogue.</summary>
public abstract class DeskTests(PostgresServer postgres) : PageTests(postgres)
{
    private readonly List<ShopTab> tabs = [];

    public override async Task DisposeAsync()
    {
        foreach (var tab in tabs) await tab.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <param name="operatorName">Null for somebody who is not signed in.</param>
    private protected ShopTab OpenDesk(string? operatorName = "ana")
    {
        var tab = new ShopTab(services =>
        {
            services.AddSingleton(Node.Bus).AddSingleton(Node.Inventory).AddSingleton(Node.CatalogDesk).AddSingleton(Node.CatalogImport).AddSingleton(Node.ProductPictures);
            services.AddSingleton<AuthenticationStateProvider>(new Session(operatorName));
        });
        tabs.Add(tab);
        return tab;
    }

    private protected async Task<IRenderedComponent<TPage>> OpenDeskPageAsync<TPage>(ShopTab? tab = null, Action<ComponentParameterCollectionBuilder<TPage>>? parameters = null)
        where TPage : IComponent
    {
        var page = (tab ?? OpenDesk()).Render(parameters ?? (_ => { }));
        await page.WaitForElementAsync("main");
        return page;
    }

    private protected static string NoticeOf<TPage>(IRenderedComponent<TPage> page)
        where TPage : IComponent => page.Find(".desk__notice").TextContent;

    private sealed class Session(string? operatorName) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(new(
            operatorName is null ? [] : [new ClaimsIdentity([new(ClaimTypes.Name, operatorName), new(ClaimTypes.Role, OperatorRoles.Operator)], "test")])));
    }
}
