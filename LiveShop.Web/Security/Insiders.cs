using System.Net;
using System.Security.Cryptography;
using System.Text;
using LiveShop.Web.Components.Pages.Admin;
using LiveShop.Web.Settings;

namespace LiveShop.Web.Security;

/// <summary>Tells those who run the shop from the public: for figures and reasons that are no business of a shopper.</summary>
internal sealed class Insiders(MetricsSettings settings)
{
    /// <summary>
    /// What a proxy on this machine adds, behind which everybody seems to come from this machine; and under which names the framework
    /// keeps it when it takes the proxy's word for who asks.
    /// </summary>
    private static readonly string[] Forwarding =
        ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Original-For", "X-Original-Host", "X-Original-Proto", "X-Real-IP", "Via"];

    /// <summary>Who may read figures and reasons: whoever may command the node, and whoever has the token.</summary>
    public bool MayRead(HttpContext context) => MayCommand(context) || HasToken(context.Request);

    /// <summary>Whoever reaches the management port or, where there is none, asks from this machine; and signed-in operators.</summary>
    public bool MayCommand(HttpContext context) => (settings.ManagementPort is null ? IsThisMachine(context) : IsOnManagementPort(context)) || IsOperator(context);

    public bool IsOnManagementPort(HttpContext context) => context.Connection.LocalPort == settings.ManagementPort;

    private static bool IsThisMachine(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && IsNameOfThisMachine(context.Request.Host.Host) && !Forwarding.Any(context.Request.Headers.ContainsKey);

    /// <summary>A proxy that tells nothing else passes on the name by which the public knows the shop.</summary>
    private static bool IsNameOfThisMachine(string host) => host is "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private bool HasToken(HttpRequest request) =>
        settings.Token is { } token && request.Headers.Authorization is [{ } given]
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes($"Bearer {token}")));

    private static bool IsOperator(HttpContext context) => AdminPage.Roles.Split(',').Any(context.User.IsInRole);
}
