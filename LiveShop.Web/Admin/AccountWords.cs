using LiveShop.Web.Settings;
using LiveShop.Web.Shopper;

namespace LiveShop.Web.Admin;

/// <summary>What the login and the account's page say to operators.</summary>
internal static class AccountWords
{
    private const string TooManyTries = "Too many tries. Wait a minute, then try again.";

    /// <param name="wrong">What is wrong when it is refused.</param>
    /// <returns>Null when there is nothing to say, because another page comes.</returns>
    public static string? Of(SignInOutcome outcome, string wrong) => outcome switch
    {
        SignInOutcome.Refused => wrong,
        SignInOutcome.LockedOut => TooManyTries,
        SignInOutcome.Unavailable => Words.Unavailable,
        _ => null,
    };

    /// <param name="done">What is so now.</param>
    /// <param name="wrong">What proof was wrong.</param>
    public static string Of(AccountOutcome outcome, string done, string wrong) => outcome switch
    {
        AccountOutcome.Done => done,
        AccountOutcome.Wrong => wrong,
        AccountOutcome.PasswordRefused => $"A password has {AdminSettings.ShortestPassword} to {AdminSettings.LongestPassword} characters, and is not one that everybody knows.",
        AccountOutcome.TooLate => "That took too long. Set it up again.",
        AccountOutcome.LockedOut => TooManyTries,
        AccountOutcome.SessionEnded => "Your session has ended. Sign in again.",
        _ => Words.Unavailable,
    };
}
