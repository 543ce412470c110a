using Microsoft.AspNetCore.Identity;

namespace LiveShop.Web.Admin;

/// <summary>What the audit log says of operators' accounts and sessions.</summary>
internal static class OperatorAction
{
    public const string Added = "operator-added";
    public const string SignIn = "sign-in";
    public const string Refused = "access-refused";
    public const string LockOut = "lock-out";
    public const string LogOut = "log-out";
    public const string Password = "password";
    public const string SecondFactorOn = "second-factor-on";
    public const string SecondFactorOff = "second-factor-off";
    public const string RecoveryCode = "recovery-code";
    public const string NewRecoveryCodes = "new-recovery-codes";

    /// <summary>The actor where it is not known who it was: whoever gave a wrong password.</summary>
    public const string Somebody = "somebody";

    /// <summary>The subject of what was tried with a name that no account has. The name is not told: it may be a password typed into the wrong field.</summary>
    public const string UnknownAccount = "unknown account";

    public static string SubjectOf(IdentityUser user) => $"operator {user.UserName}";
}
