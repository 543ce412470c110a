using LiveShop.Domain;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace LiveShop.Web.Admin;

/// <summary>Lets operators in: by the password and, where the account has a second factor, by a code after it.</summary>
internal sealed class OperatorSignIn(SignInManager<IdentityUser> signIn, OperatorGuesses guesses, UnknownNames unknownNames, Audit audit)
{
    /// <summary>A hash takes tens of milliseconds of a core, and names that nobody has may come by the thousand.</summary>
    private static readonly SemaphoreSlim Hashing = new(2, 2);

    public Task<SignInOutcome> WithPasswordAsync(string? userName, string? password) => UnlessAwayAsync(async () =>
    {
        if (await signIn.UserManager.FindByNameAsync(userName ?? "") is not { } user)
        {
            TakeTheTimeOfAWrongPassword(password ?? "");
            await unknownNames.CountAsync();
            return SignInOutcome.Refused;
        }
        var result = await guesses.TakeAsync(user, () => signIn.PasswordSignInAsync(user, password ?? "", isPersistent: false, lockoutOnFailure: true));
        return await TellAsync(user, result);
    });

    /// <summary>The six digits of the app, or a recovery code, which works once. The password was given at most five minutes before.</summary>
    public Task<SignInOutcome> WithCodeAsync(string? typed) => UnlessAwayAsync(async () =>
    {
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { } user) return SignInOutcome.TooLate;
        if (SecondFactor.AppCode(typed) is { } code)
        {
            return await TellAsync(user, await guesses.TakeAsync(user, () => signIn.TwoFactorAuthenticatorSignInAsync(code, isPersistent: false, rememberClient: false)));
        }
        var recovered = await guesses.TakeAsync(
            user, async () => await guesses.CountAsync(user, await signIn.TwoFactorRecoveryCodeSignInAsync(SecondFactor.RecoveryCode(typed))));
        if (recovered.Succeeded)
        {
            await audit.RecordAsync(user.UserName!, OperatorAction.RecoveryCode, OperatorAction.SubjectOf(user), new { Left = await signIn.UserManager.CountRecoveryCodesAsync(user) });
        }
        return await TellAsync(user, recovered);
    });

    /// <summary>Whether the password was given in this browser and the code is asked for.</summary>
    public async Task<bool> IsCodeAskedForAsync() => (await signIn.Context.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme)).Succeeded;

    /// <summary>So that the clock tells no names.</summary>
    private void TakeTheTimeOfAWrongPassword(string password)
    {
        if (!Hashing.Wait(TimeSpan.Zero)) return;
        signIn.UserManager.PasswordHasher.HashPassword(new IdentityUser(), password);
        Hashing.Release();
    }

    private async Task<SignInOutcome> TellAsync(IdentityUser user, SignInResult result)
    {
        if (result.RequiresTwoFactor) return SignInOutcome.CodeNeeded;
        if (result.IsLockedOut) return SignInOutcome.LockedOut;
        if (!result.Succeeded) return SignInOutcome.Refused;
        await audit.RecordAsync(user.UserName!, OperatorAction.SignIn, OperatorAction.SubjectOf(user));
        return SignInOutcome.SignedIn;
    }

    private static async Task<SignInOutcome> UnlessAwayAsync(Func<Task<SignInOutcome>> action)
    {
        try
        {
            return await action();
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            return SignInOutcome.Unavailable;
        }
    }
}

internal enum SignInOutcome
{
    SignedIn,

    /// <summary>The password was right, and the account has a second factor.</summary>
    CodeNeeded,

    Refused,

    /// <summary>After five wrong tries, for a minute.</summary>
    LockedOut,

    /// <summary>A code without the password before it.</summary>
    TooLate,

    Unavailable,
}
