using Bunit;
using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Components.Shared;
using Microsoft.AspNetCore.Components.Forms;

namespace LiveShop.Tests;

public sealed class CheckoutFieldTests : IDisposable
{
    private readonly ShopTab tab = new();
    private readonly EditContext form = new(new DeliveryDetails { City = "Lisboa" });

    private DeliveryDetails Delivery => (DeliveryDetails)form.Model;

    public void Dispose() => tab.Dispose();

    [Fact]
    public void It_is_a_labelled_required_input_that_browsers_can_fill_in()
    {
        var field = Render();
        var input = field.Find("input#checkout-city");

        Assert.Equal("City", field.Find("label[for='checkout-city']").TextContent);
        Assert.Equal("Lisboa", input.GetAttribute("value"));
        Assert.Equal(("text", "address-level2", "120"), (input.GetAttribute("type"), input.GetAttribute("autocomplete"), input.GetAttribute("maxlength")));
        Assert.Equal("true", input.GetAttribute("aria-required"));
        Assert.NotNull(field.Find(".field.field--city"));
    }

    [Fact]
    public async Task It_reports_each_keystroke()
    {
        var seen = new List<string>();
        var field = Render(seen);

        await field.Find("input").InputAsync("P");
        await field.Find("input").InputAsync("Po");
        await field.Find("input").InputAsync("");

        Assert.Equal(["P", "Po", ""], seen);
        Assert.Equal("", Delivery.City);
    }

    [Fact]
    public async Task What_is_wrong_with_it_is_said_where_the_input_points_to()
    {
        form.EnableDataAnnotationsValidation(tab.Services);
        var field = Render();
        Assert.Equal("", field.Find("#checkout-city-error").TextContent);

        await field.Find("input").InputAsync("");

        var input = field.Find("input");
        Assert.Equal("Enter the city.", field.Find($"#{input.GetAttribute("aria-describedby")}").TextContent);
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        Assert.Contains("invalid", input.ClassList);
    }

    private IRenderedComponent<CheckoutField> Render(List<string>? seen = null) => tab.Render<CheckoutField>(parameters => parameters
        .AddCascadingValue(form)
        .Add(p => p.Id, "checkout-city")
        .Add(p => p.Label, "City")
        .Add(p => p.AutoComplete, "address-level2")
        .Add(p => p.MaxLength, 120)
        .Add(p => p.Value, Delivery.City)
        .Add(p => p.ValueExpression, () => Delivery.City)
        .Add(p => p.ValueChanged, value =>
        {
            Delivery.City = value;
            seen?.Add(value);
        }));
}
