using System.Security.Claims;
using LiveShop.Domain;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LiveShop.Web.Admin;

/// <summary>
/// Stores what an operator chose about the look of the pages. It is kept with the account, so that it follows the operator to
/// every browser and node: a circuit can set no cookie.
/// </summary>
internal sealed class OperatorPreferences(IServiceScopeFactory scopes)
{
    /// <summary>Tells an operator that <see cref="SetAsync"/> did not store a choice.</summary>
    public const string NotKept = "Your choice holds for this tab only: the database is out of reach.";

    private const string Provider = "liveshop.preferences";

    /// <summary>Returns null where nothing was chosen, for an anonymous visitor, and while the database is out of reach.</summary>
    public async Task<string?> FindAsync(ClaimsPrincipal visitor, string name)
    {
        if (visitor.FindFirstValue(ClaimTypes.NameIdentifier) is not { } userId) return null;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<OperatorsDb>();
            return (await db.UserTokens.FindAsync(userId, Provider, name))?.Value;
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            return null;
        }
    }

    /// <summary>Returns false when it was not stored, because the database is out of reach or the account is gone.</summary>
    public async Task<bool> SetAsync(ClaimsPrincipal visitor, string name, string value)
    {
        if (visitor.FindFirstValue(ClaimTypes.NameIdentifier) is not { } userId) return false;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<OperatorsDb>();
            if (await db.UserTokens.FindAsync(userId, Provider, name) is { } stored) stored.Value = value;
            else db.UserTokens.Add(new IdentityUserToken<string> { UserId = userId, LoginProvider = Provider, Name = name, Value = value });
            await db.SaveChangesAsync();
            return true;
        }
        catch (Exception exception) when (exception is DbUpdateException || DatabaseOutage.Is(exception))
        {
            return false;
        }
    }
}
