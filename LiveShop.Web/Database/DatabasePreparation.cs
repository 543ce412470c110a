using LiveShop.Domain;
using LiveShop.Web.Admin;

namespace LiveShop.Web.Database;

/// <summary>Brings the database up to date, fills a store that is new and gives it its first operator.</summary>
internal sealed class DatabasePreparation(ShopDatabase database, IServiceScopeFactory scopes, ILogger<DatabasePreparation> logger)
{
    private bool done;
    private bool told;

    /// <summary>False when the database is out of reach; trying again later may help. Does nothing once it was true.</summary>
    public async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        if (done) return true;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var accounts = scope.ServiceProvider.GetRequiredService<OperatorAccounts>();
            await database.MigrateAsync(accounts.MigrateAsync, cancellationToken);
            if (await database.SeedAsync(DemoStore.Products(), cancellationToken)) DatabaseLog.Seeded(logger);
            await accounts.PrepareAsync(cancellationToken);
            return done = true;
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            if (!told) DatabaseLog.WaitingForDatabase(logger, exception.GetBaseException().Message);
            told = true;
            return false;
        }
    }
}
