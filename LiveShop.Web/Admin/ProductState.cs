namespace LiveShop.Web.Admin;

/// <summary>Where a product is in its life, in the order in which a list is sorted by it.</summary>
public enum ProductState
{
    ComingSoon,
    Scheduled,
    OnSale,
    Paused,
    SoldOut,
    Retired,
}
