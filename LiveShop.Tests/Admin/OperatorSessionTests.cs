using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Admin;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveShop.Tests;

public sealed class OperatorSessionTests(PostgresServer postgres) : ShopTests(postgres)
{
    private readonly OperatorSessions sessions = new(new InProcessEventBus(NullLogger<InProcessEventBus>.Instance, Some.Meter));

    [Fact]
    public async Task What_ends_the_sessions_before_it_ends_their_circuits_and_not_those_of_the_session_that_goes_on()
    {
        await using var accounts = await new Accounts(Database.ConnectionString).PrepareAsync();
        using var before = await accounts.OpenCircuitAsync("admin", sessions);
        await ChangeAsync();
        using var after = await accounts.OpenCircuitAsync("admin", sessions);

        Tell();

        await Eventually.TrueAsync(async () => !await IsSignedInAsync(before));
        // Time enough to do wrong.
        await Task.Delay(200);
        Assert.True(await IsSignedInAsync(after));

        await ChangeAsync();
        Tell();
        await Eventually.TrueAsync(async () => !await IsSignedInAsync(after));

        async Task ChangeAsync() => await accounts.Users.UpdateSecurityStampAsync((await accounts.Users.FindByNameAsync("admin"))!);

        void Tell() => sessions.EndAfter(SentResponse(), accounts.Db.Users.Single().Id);
    }

    [Fact]
    public async Task Nobody_is_told_before_the_response_is_out()
    {
        await using var accounts = await new Accounts(Database.ConnectionString).PrepareAsync();
        using var before = await accounts.OpenCircuitAsync("admin", sessions);
        await accounts.Users.UpdateSecurityStampAsync((await accounts.Users.FindByNameAsync("admin"))!);

        sessions.EndAfter(new DefaultHttpContext().Response, accounts.Db.Users.Single().Id);

        await Task.Delay(200);
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
