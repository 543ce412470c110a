using LiveShop.Web.Settings;
using Microsoft.AspNetCore.Identity;

namespace LiveShop.Web.Admin;

/// <summary>What Identity's own rules leave open: a password that the login can be given, and outside development not the one that everybody knows.</summary>
internal sealed class OperatorPasswords(AdminSettings settings) : IPasswordValidator<IdentityUser>
{
    public Task<IdentityResult> ValidateAsync(UserManager<IdentityUser> manager, IdentityUser user, string? password) => Task.FromResult(password switch
    {
        { Length: > AdminSettings.LongestPassword } => Refused($"Passwords must be at most {AdminSettings.LongestPassword} characters."),
        AdminSettings.DevelopmentPassword when settings.RefusesDevelopmentPassword => Refused("The development password is known to everybody."),
        _ => IdentityResult.Success,
    });

    private static IdentityResult Refused(string why) => IdentityResult.Failed(new IdentityError { Description = why });
}
