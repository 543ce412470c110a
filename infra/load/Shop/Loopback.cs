using System.Net;

namespace LiveShop.Load;

/// <summary>A load test of somebody else's machine is an attack: any target but this machine must be asked for twice.</summary>
internal static class Loopback
{
    public const string Variable = "LIVESHOP_LOAD_ALLOW";
    public const string OptionName = "--yes-load-this-host";

    /// <param name="saidOnCommandLine">The value of <see cref="OptionName"/>.</param>
    /// <param name="saidInEnvironment">The value of <see cref="Variable"/>.</param>
    /// <exception cref="LoadRefusedException"/>
    public static void Check(Uri target, string? saidOnCommandLine, string? saidInEnvironment)
    {
        if (target.Scheme is not ("http" or "https")) throw new LoadRefusedException($"{target} is not an http address.");
        CheckHost(target.IdnHost, saidOnCommandLine, saidInEnvironment);
    }

    /// <param name="host">A name, an address, or the folder of a unix socket.</param>
    /// <exception cref="LoadRefusedException"/>
    public static void CheckHost(string host, string? saidOnCommandLine, string? saidInEnvironment)
    {
        if (host.StartsWith('/')) return;
        if (host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address))) return;
        if (saidOnCommandLine == host && saidInEnvironment == host) return;
        throw new LoadRefusedException($"{host} is not this machine. If it is yours to load, say {OptionName} {host} and set {Variable}={host}.");
    }
}
