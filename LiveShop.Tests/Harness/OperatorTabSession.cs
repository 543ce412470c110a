using System.Security.Claims;
using LiveShop.Web.Admin;
using Microsoft.AspNetCore.Components.Authorization;

namespace LiveShop.Tests.Harness;

/// <summary>The session of an operator, until it ends; null is nobody's from the beginning.</summary>
internal sealed class OperatorTabSession(string? name, string role = OperatorRoles.Operator) : AuthenticationStateProvider
{
    private string? name = name;

    public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(new ClaimsPrincipal(
        name is null ? new ClaimsIdentity() : new ClaimsIdentity([new(ClaimTypes.Name, name), new(ClaimTypes.Role, role)], "test"))));

    public void End()
    {
        name = null;
        NotifyAuthenticationStateChanged(GetAuthenticationStateAsync());
    }

    /// <summary>The session is over, and the tab has not heard of it yet.</summary>
    public void EndUnheard() => name = null;
}
