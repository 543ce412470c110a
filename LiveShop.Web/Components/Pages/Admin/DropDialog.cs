namespace LiveShop.Web.Components.Pages.Admin;

/// <summary>The dialogs of the dashboard, each about one product.</summary>
public enum DropDialog
{
    Release,
    Schedule,
    Pause,
    Stock,
}
