using LiveShop.Domain;
using LiveShop.Web.Settings;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LiveShop.Web.Admin;

/// <summary>Who may sign in as an operator.</summary>
internal sealed class OperatorAccounts(OperatorsDb db, UserManager<IdentityUser> users, RoleManager<IdentityRole> roles, AdminSettings settings, Audit audit)
{
    /// <summary>Brings the accounts' tables up to date. Several nodes may call it at once: EF Core lets one at a time do it.</summary>
    public Task MigrateAsync(CancellationToken cancellationToken) => db.Database.MigrateAsync(cancellationToken);

    /// <summary>Creates the first operator from the settings where there is none yet.</summary>
    /// <exception cref="SettingException">In production, when the first operator still has the password that everybody knows.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        foreach (var role in new[] { OperatorRoles.Owner, OperatorRoles.Operator })
        {
            if (!await roles.RoleExistsAsync(role)) await TolerateTwinAsync(() => roles.CreateAsync(new IdentityRole(role)));
        }
        if (settings.Password is { } password && !await db.Users.AnyAsync(cancellationToken))
        {
            await TolerateTwinAsync(async () => await SetPasswordAsync(settings.UserName, password, "settings") is null ? IdentityResult.Success : IdentityResult.Failed());
        }
        if (!settings.RefusesDevelopmentPassword || await users.FindByNameAsync(settings.UserName) is not { } first) return;
        if (await users.CheckPasswordAsync(first, AdminSettings.DevelopmentPassword))
        {
            throw new SettingException("Admin:Password", $"changed with 'admin set-password {settings.UserName}' before the shop runs in production", "the development password");
        }
    }

    /// <summary>
    /// Creates the operator, the first one as owner, or gives an existing one another password, which ends all of their sessions.
    /// Their second factor stays as it is, and a lock-out ends. Returns what is wrong with the name or the password; null when it
    /// is done.
    /// </summary>
    public async Task<string?> SetPasswordAsync(string userName, string password, string actor)
    {
        if (await users.FindByNameAsync(userName) is { } known)
        {
            if (await WhatIsWrongAsync(known, password) is { } wrong) return wrong;
            known.PasswordHash = users.PasswordHasher.HashPassword(known, password);
            await users.SetLockoutEndDateAsync(known, null);
            if (Words(await users.UpdateSecurityStampAsync(known)) is { } failed) return failed;
            await audit.RecordAsync(actor, OperatorAction.Password, OperatorAction.SubjectOf(known));
            return null;
        }
        var user = new IdentityUser(userName);
        var isFirst = !await db.Users.AnyAsync();
        if (Words(await users.CreateAsync(user, password)) is { } refused) return refused;
        if (Words(await users.AddToRoleAsync(user, isFirst ? OperatorRoles.Owner : OperatorRoles.Operator)) is { } failedRole) return failedRole;
        await audit.RecordAsync(actor, OperatorAction.Added, OperatorAction.SubjectOf(user));
        return null;
    }

    /// <summary>
    /// Lets an operator who has lost the second factor sign in with the password alone, and ends all of their sessions. Nothing is
    /// left of the key and the recovery codes. False when there is no such operator.
    /// </summary>
    public async Task<bool> ResetSecondFactorAsync(string userName, string actor)
    {
        if (await users.FindByNameAsync(userName) is not { } user) return false;
        await users.SetLockoutEndDateAsync(user, null);
        await SecondFactor.TurnOffAsync(users, user);
        await audit.RecordAsync(actor, OperatorAction.SecondFactorOff, OperatorAction.SubjectOf(user));
        return true;
    }

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
    private static async Task TolerateTwinAsync(Func<Task<IdentityResult>> create)
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
