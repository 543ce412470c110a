using System.Security.Cryptography;

namespace LiveShop.Web.Cluster;

/// <summary>Which node of the cluster this is: a new one at each start, so that nobody takes a restarted node for the one before.</summary>
internal sealed record NodeId(string Value)
{
    /// <summary>The machine and the process, by which an operator finds it, and what makes it unique where these repeat.</summary>
    public static NodeId New() => new($"{Environment.MachineName}/{Environment.ProcessId}/{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}");

    /// <summary>What an operator is shown.</summary>
    public static string Short(string value) => value.LastIndexOf('/') is > 0 and var end ? value[..end] : value;

    public override string ToString() => Value;
}
