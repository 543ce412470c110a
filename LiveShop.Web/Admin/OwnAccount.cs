using System.Security.Cryptography;
using LiveShop.Domain;
using LiveShop.Web.Settings;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace LiveShop.Web.Admin;

/// <summary>
/// What operators do to their own account. Each action looks anew whether the session is good, and takes the password or a code
/// as proof that it is still they who sit there. What changes how they sign in ends their other sessions.
/// </summary>
/// <remarks>For requests only: this browser's session goes on with a new cookie, which a circuit could not set.</remarks>
internal sealed class OwnAccount(
    AuthenticationStateProvider session, SignInManager<IdentityUser> signIn, OperatorsDb db, OperatorGuesses guesses, OperatorSessions sessions, Audit audit, WebSettings settings,
    IDataProtectionProvider protection)
{
    /// <summary>How long a key may take to get into an app.</summary>
    private static readonly TimeSpan Setup = TimeSpan.FromMinutes(10);

    private readonly ITimeLimitedDataProtector begun = protection.CreateProtector("LiveShop.Web.Admin.SecondFactor").ToTimeLimitedDataProtector();

    private UserManager<IdentityUser> Users => signIn.UserManager;

    /// <summary>
    /// To be asked before anything is done in the request, whose session may be an old one afterwards. Null while the database is
    /// out of reach.
    /// </summary>
    public async Task<bool?> HasSecondFactorAsync()
    {
        try
        {
            return await FindAsync() is { TwoFactorEnabled: true };
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            return null;
        }
    }

    /// <summary>Makes a new key to be put into an app. It is not asked for until <see cref="TurnOnAsync"/> has seen a code of it.</summary>
    public Task<AccountAnswer> BeginSecondFactorAsync(string? password) => ActAsync(Proof(password), action: null, async user =>
    {
        if (user.TwoFactorEnabled) return null;
        await Users.ResetAuthenticatorKeyAsync(user);
        return await KeyOfAsync(user, AccountOutcome.Done);
    });

    /// <param name="code">Of the app, which proves that the key has arrived in it.</param>
    /// <param name="ticket"><see cref="AccountAnswer.Ticket"/>: the password was given for this key, and not long ago.</param>
    public async Task<AccountAnswer> TurnOnAsync(string? code, string? ticket)
    {
        if (await FaultOfAsync(ticket) is { } fault) return new AccountAnswer(fault);
        var answer = await ActAsync(user => AppCodeAsync(user, code), OperatorAction.SecondFactorOn, async user =>
        {
            if (user.TwoFactorEnabled) return null;
            await Users.SetTwoFactorEnabledAsync(user, true);
            return await NewCodesAsync(user);
        });
        return answer.Outcome == AccountOutcome.Wrong && await FindAsync() is { TwoFactorEnabled: false } user ? await KeyOfAsync(user, AccountOutcome.Wrong) : answer;
    }

    public Task<AccountAnswer> TurnOffAsync(string? proof) => ActAsync(Proof(proof), OperatorAction.SecondFactorOff, async user =>
    {
        if (!user.TwoFactorEnabled) return null;
        await SecondFactor.TurnOffAsync(Users, user);
        return new AccountAnswer(AccountOutcome.Done);
    });

    /// <summary>The old ones work no more.</summary>
    public Task<AccountAnswer> RenewRecoveryCodesAsync(string? proof) => ActAsync(Proof(proof), OperatorAction.NewRecoveryCodes, async user =>
        user.TwoFactorEnabled ? await NewCodesAsync(user) : null);

    public async Task<AccountOutcome> ChangePasswordAsync(string? old, string? next)
    {
        if (next is not { Length: >= AdminSettings.ShortestPassword and <= AdminSettings.LongestPassword }) return AccountOutcome.PasswordRefused;
        return (await ActAsync(Password(old), OperatorAction.Password, async user =>
            new AccountAnswer((await Users.ChangePasswordAsync(user, old!, next)).Succeeded ? AccountOutcome.Done : AccountOutcome.PasswordRefused))).Outcome;
    }

    /// <summary>The account of this request's session, if that is still good.</summary>
    private async Task<IdentityUser?> FindAsync() => await signIn.ValidateSecurityStampAsync((await session.GetAuthenticationStateAsync()).User);

    /// <param name="action">For the audit log; null for what does not count yet.</param>
    /// <param name="act">Null when it is so already.</param>
    private async Task<AccountAnswer> ActAsync(Func<IdentityUser, Task<SignInResult>> proof, string? action, Func<IdentityUser, Task<AccountAnswer?>> act)
    {
        try
        {
            if (await FindAsync() is not { } user) return new AccountAnswer(AccountOutcome.SessionEnded);
            var proved = await guesses.TakeAsync(user, () => proof(user));
            if (!proved.Succeeded) return new AccountAnswer(proved.IsLockedOut ? AccountOutcome.LockedOut : AccountOutcome.Wrong);

            await using var turn = await db.TryLockAsync(user);
            if (turn is null) return new AccountAnswer(AccountOutcome.Unavailable);
            var stamp = user.SecurityStamp;
            if (await act(user) is not { } answer) return new AccountAnswer(AccountOutcome.Done, HasSecondFactor: user.TwoFactorEnabled);
            await turn.CommitAsync();
            if (user.SecurityStamp != stamp)
            {
                // Not before: the page that is being rendered has a session too, which must not end under it.
                sessions.EndAfter(signIn.Context.Response, user.Id);
                await signIn.RefreshSignInAsync(user);
            }
            if (action is not null && answer.Outcome == AccountOutcome.Done) await audit.RecordAsync(user.UserName!, action, OperatorAction.SubjectOf(user));
            return answer with { HasSecondFactor = user.TwoFactorEnabled };
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            return new AccountAnswer(AccountOutcome.Unavailable);
        }
    }

    private Func<IdentityUser, Task<SignInResult>> Proof(string? typed) => SecondFactor.AppCode(typed) is null
        ? Password(typed)
        : async user => user.TwoFactorEnabled ? await AppCodeAsync(user, typed) : await Password(typed)(user);

    private Func<IdentityUser, Task<SignInResult>> Password(string? typed) => user => signIn.CheckPasswordSignInAsync(user, typed ?? "", lockoutOnFailure: true);

    private async Task<SignInResult> AppCodeAsync(IdentityUser user, string? typed)
    {
        var isRight = SecondFactor.AppCode(typed) is { } code && await Users.VerifyTwoFactorTokenAsync(user, Users.Options.Tokens.AuthenticatorTokenProvider, code);
        return await guesses.CountAsync(user, isRight ? SignInResult.Success : SignInResult.Failed);
    }

    private async Task<AccountAnswer> NewCodesAsync(IdentityUser user) =>
        new(AccountOutcome.Done, RecoveryCodes: [.. await Users.GenerateNewTwoFactorRecoveryCodesAsync(user, SecondFactor.RecoveryCodes) ?? []]);

    private async Task<AccountAnswer> KeyOfAsync(IdentityUser user, AccountOutcome outcome)
    {
        var key = await Users.GetAuthenticatorKeyAsync(user);
        return key is null ? new(outcome) : new(
            outcome, SecondFactor.Readable(key), SecondFactor.Link(settings, user.UserName!, key), begun.Protect(TicketText(user), Setup));
    }

    /// <summary>Null for a ticket of this account and its key that is not too old.</summary>
    private async Task<AccountOutcome?> FaultOfAsync(string? ticket)
    {
        try
        {
            if (await FindAsync() is not { } user) return AccountOutcome.SessionEnded;
            return begun.Unprotect(ticket ?? "") == TicketText(user) ? null : AccountOutcome.TooLate;
        }
        catch (CryptographicException)
        {
            return AccountOutcome.TooLate;
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            return AccountOutcome.Unavailable;
        }
    }

    /// <summary>A new key is a new stamp.</summary>
    private static string TicketText(IdentityUser user) => $"{user.Id} {user.SecurityStamp}";
}

/// <param name="Key">To be put into an app, while that is going on; <paramref name="Link"/> does the same by a click.</param>
/// <param name="Ticket">To be given back with the code.</param>
/// <param name="RecoveryCodes">Shown once, when they are new.</param>
/// <param name="HasSecondFactor">Since then; null where nothing was done.</param>
internal sealed record AccountAnswer(
    AccountOutcome Outcome, string? Key = null, string? Link = null, string? Ticket = null, IReadOnlyList<string>? RecoveryCodes = null, bool? HasSecondFactor = null);

internal enum AccountOutcome
{
    Done,

    /// <summary>The password is, or the code.</summary>
    Wrong,

    /// <summary>The new password is too short or too long, or everybody knows it.</summary>
    PasswordRefused,

    LockedOut,

    /// <summary>The password was given for another key, or more than ten minutes before.</summary>
    TooLate,

    SessionEnded,
    Unavailable,
}
