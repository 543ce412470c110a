using LiveShop.Domain;
using LiveShop.Web.Admin;
using LiveShop.Web.Settings;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveShop.Tests.Harness;

/// <summary>The operators' accounts of one database, as the shop's start and its command line use them.</summary>
internal sealed class Accounts : IAsyncDisposable
{
    public const string Password = "correct horse";

    private readonly ServiceProvider services;
    private readonly AsyncServiceScope scope;

    public Accounts(string connectionString, AdminSettings? settings = null)
    {
        var collection = new ServiceCollection().AddLogging();
        collection.AddShopDomain(connectionString, ShopSettings.Default);
        collection.AddSingleton(settings ?? new AdminSettings("admin", Password, RefusesDevelopmentPassword: true));
        collection.AddOperatorAccounts();
        services = collection.BuildServiceProvider();
        scope = services.CreateAsyncScope();
    }

    public OperatorsDb Db => Get<OperatorsDb>();

    public OperatorAccounts Operators => Get<OperatorAccounts>();

    public UserManager<IdentityUser> Users => Get<UserManager<IdentityUser>>();

    public async Task<Accounts> PrepareAsync()
    {
        await Operators.MigrateAsync(default);
        await Operators.PrepareAsync(default);
        return this;
    }

    /// <summary>A circuit that an operator opened with the session as it is at this moment.</summary>
    public async Task<OperatorSession> OpenCircuitAsync(string userName, OperatorSessions sessions)
    {
        var user = await Users.FindByNameAsync(userName);
        var principal = await Get<IUserClaimsPrincipalFactory<IdentityUser>>().CreateAsync(user!);
        var circuit = new OperatorSession(NullLoggerFactory.Instance, Get<IServiceScopeFactory>(), sessions);
        circuit.SetAuthenticationState(Task.FromResult(new AuthenticationState(principal)));
        return circuit;
    }

    public async Task<bool> CanSignInAsync(string userName, string password) =>
        await Users.FindByNameAsync(userName) is { } user && await Users.CheckPasswordAsync(user, password);

    public async Task<IList<string>> RolesOfAsync(string userName) => await Users.GetRolesAsync((await Users.FindByNameAsync(userName))!);

    public async ValueTask DisposeAsync()
    {
        await scope.DisposeAsync();
        await services.DisposeAsync();
    }

    private T Get<T>() where T : notnull => scope.ServiceProvider.GetRequiredService<T>();
}
