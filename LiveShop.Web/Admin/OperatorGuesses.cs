using LiveShop.Domain;
using Microsoft.AspNetCore.Identity;

namespace LiveShop.Web.Admin;

/// <summary>
/// Counts whatever may be a guess at an account, its password or its code, wherever it is typed: after five wrong ones the
/// account takes none for a minute. Guesses that come at the same time are not counted less.
/// </summary>
internal sealed class OperatorGuesses(OperatorsDb db, UserManager<IdentityUser> users, Audit audit)
{
    /// <param name="guess">Identity counts a wrong one, or <see cref="CountAsync"/> does.</param>
    /// <returns><see cref="SignInResult.LockedOut"/> also while another guess is under way.</returns>
    public async Task<SignInResult> TakeAsync(IdentityUser user, Func<Task<SignInResult>> guess)
    {
        await using var turn = await db.TryLockAsync(user);
        if (turn is null || await users.IsLockedOutAsync(user)) return SignInResult.LockedOut;
        var result = await guess();
        var isLockedOut = await users.IsLockedOutAsync(user);
        await turn.CommitAsync();
        if (result.Succeeded || result.RequiresTwoFactor) return result;

        // Those that come while it is locked out are not written: five a minute is the most that a storm leaves behind.
        await audit.RecordAsync(OperatorAction.Somebody, isLockedOut ? OperatorAction.LockOut : OperatorAction.Refused, OperatorAction.SubjectOf(user));
        return isLockedOut ? SignInResult.LockedOut : SignInResult.Failed;
    }

    /// <summary>Counts a guess, where it is wrong, that Identity does not count by itself.</summary>
    public async Task<SignInResult> CountAsync(IdentityUser user, SignInResult result)
    {
        if (!result.Succeeded) await users.AccessFailedAsync(user);
        return result;
    }
}
