using System.Security.Claims;
using LiveShop.Domain;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace LiveShop.Web.Admin;

/// <summary>
/// Whose circuit this is, looked at again every minute for operators: a circuit outlives the cookie that it was opened with.
/// Shoppers are not signed in and cost nothing here.
/// </summary>
internal sealed class OperatorSession : RevalidatingServerAuthenticationStateProvider
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private static readonly Task<AuthenticationState> Nobody = Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity())));

    private readonly IServiceScopeFactory scopes;
    private readonly OperatorSessions sessions;
    private IDisposable? watch;

    public OperatorSession(ILoggerFactory loggers, IServiceScopeFactory scopes, OperatorSessions sessions)
        : base(loggers)
    {
        (this.scopes, this.sessions) = (scopes, sessions);
        AuthenticationStateChanged += OnChanged;
    }

    protected override TimeSpan RevalidationInterval => Interval;

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var users = scope.ServiceProvider.GetRequiredService<UserManager<IdentityUser>>();
            var stampClaim = scope.ServiceProvider.GetRequiredService<IOptions<IdentityOptions>>().Value.ClaimsIdentity.SecurityStampClaimType;
            return await users.GetUserAsync(authenticationState.User) is { } user
                && await users.GetSecurityStampAsync(user) == authenticationState.User.FindFirstValue(stampClaim)
                && (await users.GetRolesAsync(user)).Any(role => role is OperatorRoles.Owner or OperatorRoles.Operator);
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            // An outage throws no operator out in mid-drop; the next minute asks again.
            return true;
        }
    }

    protected override void Dispose(bool disposing)
    {
        AuthenticationStateChanged -= OnChanged;
        watch?.Dispose();
        base.Dispose(disposing);
    }

    private async void OnChanged(Task<AuthenticationState> changed)
    {
        var state = await changed;
        watch?.Dispose();
        watch = state.User.FindFirstValue(ClaimTypes.NameIdentifier) is not { } userId ? null : sessions.Watch(userId, async () =>
        {
            // The page that the change itself led to may be here already, with the session that goes on.
            if (!await ValidateAuthenticationStateAsync(state, CancellationToken.None)) SetAuthenticationState(Nobody);
        });
    }
}
