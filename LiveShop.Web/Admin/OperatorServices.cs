using LiveShop.Domain;
using LiveShop.Web.Components.Pages.Admin;
using LiveShop.Web.Settings;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using MudBlazor.Services;
using Npgsql;

namespace LiveShop.Web.Admin;

internal static class OperatorServices
{
    public const string LoginPath = "/admin/login";
    public const string CodePath = "/admin/login/code";
    public const string LogoutPath = "/admin/logout";

    /// <summary>How long a session lasts after the operator's last request. Issue 3 asks for eight hours.</summary>
    private static readonly TimeSpan Session = TimeSpan.FromHours(8);

    /// <summary>The accounts alone, which commands need too.</summary>
    public static IServiceCollection AddOperatorAccounts(this IServiceCollection services)
    {
        services.AddDbContext<OperatorsDb>((provider, options) => options.UseShopDatabase(
            provider.GetRequiredService<NpgsqlDataSource>(), OperatorsDb.MigrationsTable));
        services.AddIdentityCore<IdentityUser>(identity =>
            {
                // Length is what makes a password good; rules about kinds of characters do not. NIST SP 800-63B, 3.1.1.2.
                identity.Password = new PasswordOptions
                {
                    RequiredLength = AdminSettings.ShortestPassword,
                    RequireDigit = false,
                    RequireLowercase = false,
                    RequireUppercase = false,
                    RequireNonAlphanumeric = false,
                };
                // Long enough to slow a guesser, short enough that nobody locks the operator out of the drop.
                identity.Lockout.MaxFailedAccessAttempts = 5;
                identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(1);
            })
            .AddRoles<IdentityRole>()
            .AddPasswordValidator<OperatorPasswords>()
            .AddEntityFrameworkStores<OperatorsDb>();
        return services.AddScoped<OperatorAccounts>();
    }

    /// <summary>Signing in, and sessions that end in every open tab when the account says so.</summary>
    public static IServiceCollection AddOperators(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        new IdentityBuilder(typeof(IdentityUser), typeof(IdentityRole), services).AddSignInManager().AddDefaultTokenProviders();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.ConfigureApplicationCookie(cookie =>
        {
            cookie.Cookie.Name = "operator";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = Session;
            cookie.SlidingExpiration = true;
            cookie.LoginPath = LoginPath;
            cookie.AccessDeniedPath = LoginPath;
            var validate = cookie.Events.OnValidatePrincipal;
            cookie.Events.OnValidatePrincipal = async context =>
            {
                try
                {
                    await validate(context);
                }
                catch (Exception exception) when (DatabaseOutage.Is(exception))
                {
                    // As in OperatorSession: an outage throws no operator out, and the next request asks again.
                }
            };
        });
        // Who has given the password and not yet the code. It opens nothing but the page that asks for the code.
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme, cookie =>
        {
            cookie.Cookie.Name = "operator-code";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = TimeSpan.FromMinutes(5);
            cookie.SlidingExpiration = false;
        });
        services.Configure<SecurityStampValidatorOptions>(stamp => stamp.ValidationInterval = OperatorSession.Interval);
        services.AddAntiforgery(antiforgery => antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
        services.AddAuthorization();
        services.AddCascadingAuthenticationState();
        services.AddMudServices(mud =>
        {
            mud.SnackbarConfiguration.PositionClass = MudBlazor.Defaults.Classes.Position.BottomRight;
            mud.SnackbarConfiguration.PreventDuplicates = false;
            mud.SnackbarConfiguration.VisibleStateDuration = 8_000;
        });
        services.AddSingleton<OperatorPreferences>();
        services.AddScoped<OperatorShortcuts>();
        services.AddSingleton<OperatorSessions>();
        services.AddSingleton<UnknownNames>();
        services.AddScoped<OperatorGuesses>();
        services.AddScoped<OperatorSignIn>();
        services.AddScoped<OwnAccount>();
        services.AddSingleton<DropActions>();
        services.AddScoped<OrderPlace>();
        services.AddSingleton<DropFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<DropFeed>());
        services.AddScoped<AuthenticationStateProvider, OperatorSession>();
        return services;
    }

    public static void MapOperators(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost(LogoutPath, LogoutAsync);
        endpoints.MapOrderExport();
    }

    /// <summary>Where to go after signing in: to the page asked for, if it is one of this site.</summary>
    public static string AddressAfter(string? returnUrl) => returnUrl is ['/', not '/' and not '\\', ..] ? returnUrl : AdminPage.Home;

    /// <summary>A page of the login, with the way back.</summary>
    public static string AddressOf(string path, string? returnUrl) => returnUrl is null ? path : QueryHelpers.AddQueryString(path, "ReturnUrl", returnUrl);

    /// <summary>Ends the operator's sessions everywhere: in this browser, in other tabs and on other machines.</summary>
    private static async Task<IResult> LogoutAsync(HttpContext context, IAntiforgery antiforgery, SignInManager<IdentityUser> signIn, OperatorsDb db, OperatorSessions sessions, Audit audit)
    {
        if (!await antiforgery.IsRequestValidAsync(context)) return Results.BadRequest();
        try
        {
            if (await signIn.UserManager.GetUserAsync(context.User) is { } user)
            {
                // Somebody may be guessing at the account at this moment, which changes it too.
                while (!(await signIn.UserManager.UpdateSecurityStampAsync(user)).Succeeded) await db.Entry(user).ReloadAsync(context.RequestAborted);
                sessions.EndAfter(context.Response, user.Id);
                await audit.RecordAsync(user.UserName!, OperatorAction.LogOut, OperatorAction.SubjectOf(user));
            }
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            // This browser's session ends all the same; those elsewhere cannot be reached now.
        }
        await signIn.SignOutAsync();
        return Results.LocalRedirect(LoginPath);
    }
}
