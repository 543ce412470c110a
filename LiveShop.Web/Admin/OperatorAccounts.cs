using LiveShop.Domain;
using LiveShop.Web.Settings;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LiveShop.Web.Admin;

/// <summary>Who may sign in as an operator.</summary>
internal sealed class OperatorAccounts(OperatorsDb db, UserManager<IdentityUser> users, RoleManager<IdentityRole> roles, AdminSettings settings, Audit audit)
{
    private const int LongestName = 60;

    /// <summary>
    /// Brings the accounts' tables up to date, with the roles in them. For <see cref="ShopDatabase.MigrateAsync"/>, under whose lock
    /// one node at a time does it.
    /// </summary>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await db.Database.MigrateAsync(cancellationToken);
        foreach (var role in new[] { OperatorRoles.Owner, OperatorRoles.Operator })
        {
            if (!await roles.RoleExistsAsync(role)) await roles.CreateAsync(new IdentityRole(role));
        }
    }

    /// <summary>Creates the first operator from the settings where there is none yet.</summary>
    /// <exception cref="SettingException">
    /// When the settings make no operator, or, in production, when any operator still has the password that everybody knows.
    /// </exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (settings.Password is { } password && !await db.Users.AnyAsync(cancellationToken))
        {
            string? wrong = null;
            await TolerateTwinAsync(async () => wrong = await SetPasswordAsync(settings.UserName, password, "settings"));
            if (wrong is not null && await users.FindByNameAsync(settings.UserName) is null) throw new SettingException("Admin:Password", $"a password that will do. {wrong}", "…");
        }
        if (!settings.RefusesDevelopmentPassword) return;
        foreach (var user in await db.Users.ToListAsync(cancellationToken))
        {
            if (!await users.CheckPasswordAsync(user, AdminSettings.DevelopmentPassword)) continue;
            throw new SettingException("Admin:Password", $"changed with 'admin set-password {user.UserName}' before the shop runs in production", "the development password");
        }
    }

    /// <summary>
    /// Creates the operator, the first one as owner, or gives an existing one another password, which ends all of their sessions.
    /// Their second factor stays as it is, and a lock-out ends. Returns what is wrong with the name or the password; null when it
    /// is done.
    /// </summary>
    public async Task<string?> SetPasswordAsync(string userName, string password, string actor)
    {
        if (userName.Length > LongestName) return $"A name has at most {LongestName} characters.";
        if (await users.FindByNameAsync(userName) is { } known)
        {
            if (await WhatIsWrongAsync(known, password) is { } wrong) return wrong;
            await using var turn = await db.TryLockAsync(known);
            if (turn is null) return Busy(known);
            known.PasswordHash = users.PasswordHasher.HashPassword(known, password);
            await users.SetLockoutEndDateAsync(known, null);
            if (Words(await users.UpdateSecurityStampAsync(known)) is { } failed) return failed;
            if (await users.GetRolesAsync(known) is []) await users.AddToRoleAsync(known, await NextRoleAsync());
            await turn.CommitAsync();
            await audit.RecordAsync(actor, OperatorAction.Password, OperatorAction.SubjectOf(known));
            return null;
        }
        var user = new IdentityUser(userName);
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            if (Words(await users.CreateAsync(user, password)) is { } refused) return refused;
            if (Words(await users.AddToRoleAsync(user, await NextRoleAsync())) is { } failedRole) return failedRole;
            await transaction.CommitAsync();
        }
        await audit.RecordAsync(actor, OperatorAction.Added, OperatorAction.SubjectOf(user));
        return null;
    }

    /// <summary>
    /// Lets an operator who has lost the second factor sign in with the password alone, and ends all of their sessions. Nothing is
    /// left of the key and the recovery codes. Returns in words why it cannot be done; null when it is done.
    /// </summary>
    public async Task<string?> ResetSecondFactorAsync(string userName, string actor)
    {
        if (await users.FindByNameAsync(userName) is not { } user) return $"There is no operator {userName}.";
        await using var turn = await db.TryLockAsync(user);
        if (turn is null) return Busy(user);
        await users.SetLockoutEndDateAsync(user, null);
        await SecondFactor.TurnOffAsync(users, user);
        await turn.CommitAsync();
        await audit.RecordAsync(actor, OperatorAction.SecondFactorOff, OperatorAction.SubjectOf(user));
        return null;
    }

    /// <summary>Without the lock a guess that is counted meanwhile would leave half of it done.</summary>
    private static string Busy(IdentityUser user) => $"Somebody is signing in as {user.UserName} at this moment. Try again.";

    private async Task<string> NextRoleAsync() =>
        (await users.GetUsersInRoleAsync(OperatorRoles.Owner)).Any() ? OperatorRoles.Operator : OperatorRoles.Owner;

    private async Task<string?> WhatIsWrongAsync(IdentityUser user, string password)
    {
        foreach (var validator in users.PasswordValidators)
        {
            if (Words(await validator.ValidateAsync(users, user, password)) is { } wrong) return wrong;
        }
        return null;
    }

    private static string? Words(IdentityResult result) => result.Succeeded ? null : string.Join(' ', result.Errors.Select(error => error.Description));

    /// <summary>Two nodes that start at once both try; the unique name lets one of them win, and either way it is there.</summary>
    private static async Task TolerateTwinAsync(Func<Task> create)
    {
        try
        {
            await create();
        }
        catch (DbUpdateException exception) when (exception.InnerException is Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.UniqueViolation })
        {
        }
    }
}

public static class OperatorRoles
{
    public const string Owner = "Owner";
    public const string Operator = "Operator";
}
