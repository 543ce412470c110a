using LiveShop.Domain;
using LiveShop.Web.Admin;

namespace LiveShop.Tests;

public sealed class ProductEditTests
{
    private static readonly Product Old = new(1, "A", "Brand", "Old", "black", 120, null, null, Version: 1, [new Item(11, "A-8", 8)]);

    [Fact]
    public void What_is_typed_while_a_save_runs_stays()
    {
        var edit = new ProductEdit(Old);
        edit.Draft.Name = "Saved";
        var sent = edit.Draft with { };
        edit.Draft.Colorway = "Typed since";

        edit.Take(new ProductOutcome.Done(Old with { Version = 2, Name = "Saved" }), sent);

        Assert.Equal(("Saved", "Typed since"), (edit.Draft.Name, edit.Draft.Colorway));
        Assert.True(edit.IsDirty);
    }

    [Fact]
    public void What_the_save_made_of_it_stands_in_the_form()
    {
        var edit = new ProductEdit(Old);
        edit.Draft.Name = " Saved ";

        edit.Take(new ProductOutcome.Done(Old with { Version = 2, Name = "Saved" }), edit.Draft with { });

        Assert.Equal("Saved", edit.Draft.Name);
        Assert.False(edit.IsDirty);
    }
}
