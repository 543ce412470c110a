using LiveShop.Domain;
using LiveShop.Web.Admin;
using LiveShop.Web.Live;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace LiveShop.Web.Components.Pages.Admin;

/// <summary>
/// A page for operators only. The request for it is refused by its attribute; what lives on in a circuit is refused here: it
/// loads and renders nothing for anybody else, and leaves when the session ends.
/// </summary>
[Authorize(Roles = Roles)]
public abstract class AdminPage : LiveComponent
{
    public const string Home = "/admin";
    public const string Roles = OperatorRoles.Owner + "," + OperatorRoles.Operator;

    private static readonly TimeSpan ShelfInterval = TimeSpan.FromSeconds(0.5);

    [Inject]
    private AuthenticationStateProvider Authentication { get; set; } = null!;

    private bool watching;

    public sealed override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        if (!watching && RendererInfo.IsInteractive)
        {
            watching = true;
            Authentication.AuthenticationStateChanged += OnSessionChanged;
        }
        if (await FindOperatorAsync() is null) Navigation.NavigateTo(OperatorServices.LoginPath, forceLoad: true);
        else await base.SetParametersAsync(ParameterView.Empty);
    }

    /// <summary>The operator's name at this moment, for what is about to be done in it; null when the session has ended.</summary>
    protected async Task<string?> FindOperatorAsync()
    {
        var user = (await Authentication.GetAuthenticationStateAsync()).User;
        return user.IsInRole(OperatorRoles.Owner) || user.IsInRole(OperatorRoles.Operator) ? user.Identity?.Name : null;
    }

    /// <summary>
    /// Calls back when the Shelf has changed. Counts change without a notice to pages, and with one up to twenty times a second
    /// during a drop; neither suits a page that shows them beside something else.
    /// </summary>
    protected void FollowShelf(Inventory inventory, Action changed)
    {
        var seen = inventory.Shelf;
        WhileShown(() => new Timer(_ => InvokeAsync(Look), null, ShelfInterval, ShelfInterval));

        void Look()
        {
            if (inventory.Shelf == seen) return;
            seen = inventory.Shelf;
            changed();
            Refresh();
        }
    }

    protected override void Left()
    {
        Authentication.AuthenticationStateChanged -= OnSessionChanged;
        base.Left();
    }

    /// <summary>The browser is asked to go, and hears nothing more whether it goes or not.</summary>
    private void OnSessionChanged(Task<AuthenticationState> changed) => _ = InvokeAsync(async () =>
    {
        if (await FindOperatorAsync() is not null) return;
        Dispose();
        SessionEnded();
    });

    /// <summary>The session has ended under the open page, which shows nothing new from now on.</summary>
    protected virtual void SessionEnded() => Navigation.NavigateTo(OperatorServices.LoginPath, forceLoad: true);
}
