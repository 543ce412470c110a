namespace LiveShop.Web.Admin;

/// <summary>An action that operators do to several products at once.</summary>
public enum BulkAction
{
    Release,
    Pause,
    Retire,
}
