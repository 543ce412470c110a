namespace LiveShop.Web.Admin;

/// <summary>The colours of operators' pages.</summary>
public enum ThemeChoice
{
    /// <summary>Follows the system's setting.</summary>
    System,

    Light,
    Dark,
}
