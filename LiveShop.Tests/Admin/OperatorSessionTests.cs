using LiveShop.Tests.Harness;
using LiveShop.Web.Admin;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LiveShop.Tests;

public sealed class OperatorSessionTests : ShopTests
{
    private readonly DirectBus bus = new();
    private readonly OperatorSessions sessions;

    public OperatorSessionTests(PostgresServer postgres)
        : base(postgres) => sessions = new OperatorSessions(bus);

    [Fact]
    public async Task What_ends_the_sessions_before_it_ends_their_circuits_and_not_those_of_the_session_that_goes_on()
    {
        await using var accounts = await new Accounts(Database.ConnectionString).PrepareAsync();
        using var before = await accounts.OpenCircuitAsync("admin", sessions);
        await ChangeAsync();
        using var after = await accounts.OpenCircuitAsync("admin", sessions);

        await TellAsync();

        Assert.False(await IsSignedInAsync(before));
        Assert.True(await IsSignedInAsync(after));

        await ChangeAsync();
        await TellAsync();
        Assert.False(await IsSignedInAsync(after));

        async Task ChangeAsync() => await accounts.Users.UpdateSecurityStampAsync((await accounts.Users.FindByNameAsync("admin"))!);

        Task TellAsync()
        {
            sessions.EndAfter(SentResponse(), accounts.Db.Users.Single().Id);
            return bus.Delivered;
        }
    }

    [Fact]
    public async Task Nobody_is_told_before_the_response_is_out()
    {
        await using var accounts = await new Accounts(Database.ConnectionString).PrepareAsync();
        using var before = await accounts.OpenCircuitAsync("admin", sessions);
        await accounts.Users.UpdateSecurityStampAsync((await accounts.Users.FindByNameAsync("admin"))!);

        sessions.EndAfter(new DefaultHttpContext().Response, accounts.Db.Users.Single().Id);

        await bus.Delivered;
        Assert.True(await IsSignedInAsync(before));
    }

    private static async Task<bool> IsSignedInAsync(OperatorSession circuit) => (await circuit.GetAuthenticationStateAsync()).User.Identity?.IsAuthenticated == true;

    private static HttpResponse SentResponse()
    {
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpResponseFeature>(new Sent());
        return context.Response;
    }

    private sealed class Sent : HttpResponseFeature
    {
        public override void OnCompleted(Func<object, Task> callback, object state) => callback(state);
    }
}
