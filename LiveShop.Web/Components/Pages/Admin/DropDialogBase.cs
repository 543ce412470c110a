using LiveShop.Domain;
using LiveShop.Web.Admin;
using Microsoft.AspNetCore.Components;

namespace LiveShop.Web.Components.Pages.Admin;

/// <summary>A dialog about the product that was drawn when it opened, whatever becomes of the list below it.</summary>
public abstract class DropDialogBase : ComponentBase
{
    [Parameter, EditorRequired]
    public Product Product { get; set; } = null!;

    /// <summary>Does the action in the operator's name. Null when the session has ended.</summary>
    [Parameter, EditorRequired]
    public Func<Func<string, Task<ActionAnswer>>, Task<ActionAnswer?>> Act { get; set; } = null!;

    [Inject]
    private protected DropActions Actions { get; set; } = null!;

    /// <summary>The size that an operator chose; null for all sizes.</summary>
    /// <param name="itemId">0 for all sizes.</param>
    protected Item? Size(int itemId) => Product.Items.FirstOrDefault(item => item.Id == itemId);
}
