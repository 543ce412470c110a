using LiveShop.Web.Settings;
using Microsoft.AspNetCore.Identity;

namespace LiveShop.Web.Admin;

/// <summary>What the parts of a second factor look like, to apps and to people.</summary>
internal static class SecondFactor
{
    public const int RecoveryCodes = 10;

    /// <summary>
    /// Makes the URI that authenticator apps understand: <see href="https://github.com/google/google-authenticator/wiki/Key-Uri-Format"/>.
    /// The shop's name loses its colons there, even escaped ones: apps take them for the end of the issuer.
    /// </summary>
    public static string Link(WebSettings settings, string userName, string key)
    {
        var issuer = Uri.EscapeDataString(settings.Name.Replace(":", "", StringComparison.Ordinal));
        return $"otpauth://totp/{issuer}:{Uri.EscapeDataString(userName)}?secret={key}&issuer={issuer}&digits=6";
    }

    /// <summary>In groups of four, to type it off the screen.</summary>
    public static string Readable(string key) => string.Join(' ', key.Chunk(4).Select(group => new string(group)));

    /// <summary>The six digits of an app, however they are spaced; null for anything else.</summary>
    public static string? AppCode(string? typed)
    {
        var code = Plain(typed);
        return code.Length == 6 && code.All(char.IsAsciiDigit) ? code : null;
    }

    /// <summary>As Identity writes recovery codes, XXXXX-XXXXX, however it was typed.</summary>
    public static string RecoveryCode(string? typed)
    {
        var code = Plain(typed).ToUpperInvariant();
        return code.Length == 10 ? $"{code[..5]}-{code[5..]}" : code;
    }

    /// <summary>Forgets the key and the recovery codes too, and changes the account's stamp, which ends its sessions.</summary>
    public static async Task TurnOffAsync(UserManager<IdentityUser> users, IdentityUser user)
    {
        await users.SetTwoFactorEnabledAsync(user, false);
        await users.ResetAuthenticatorKeyAsync(user);
        await users.GenerateNewTwoFactorRecoveryCodesAsync(user, 0);
    }

    private static string Plain(string? typed) => string.Concat((typed ?? "").Where(char.IsLetterOrDigit));
}
