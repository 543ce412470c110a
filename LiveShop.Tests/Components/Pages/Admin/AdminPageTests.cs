using Bunit;
using LiveShop.Tests.Harness;
using LiveShop.Web.Admin;
using LiveShop.Web.Components;
using LiveShop.Web.Components.Pages.Admin;
using Microsoft.AspNetCore.Components;

namespace LiveShop.Tests;

/// <summary>What a page in a circuit does for somebody who is no operator, be it that the session ended a moment ago.</summary>
public sealed class AdminPageTests(PostgresServer postgres) : PageTests(postgres)
{
    public static TheoryData<Type> Pages => [.. typeof(App).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(AdminPage)) && !type.IsAbstract)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void It_renders_nothing_for_an_anonymous_visitor_and_leads_to_the_login(Type page) => AssertClosed(page, new OperatorTabSession(null));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Nor_for_somebody_in_another_role(Type page) => AssertClosed(page, new OperatorTabSession("ana", "Shopper"));

    [Theory]
    [InlineData(OperatorRoles.Operator)]
    [InlineData(OperatorRoles.Owner)]
    public async Task It_opens_for_either_kind_of_operator(string role) =>
        await OpenOperatorTab(new OperatorTabSession("ana", role)).Render<AuditPage>().WaitForElementAsync("main");

    private void AssertClosed(Type page, OperatorTabSession session)
    {
        var tab = OpenOperatorTab(session);

        var rendered = tab.Render(builder =>
        {
            builder.OpenComponent(0, page);
            builder.CloseComponent();
        });

        Assert.Empty(rendered.Markup);
        Assert.Equal(OperatorServices.LoginPath, tab.Address);
    }
}
