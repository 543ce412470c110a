using System.Diagnostics.Metrics;

namespace LiveShop.Web.Metrics;

/// <summary>Chooses the instruments that are published, and the tags of theirs that become labels.</summary>
internal static class InstrumentFilter
{
    /// <summary>Meters of the framework. A name that ends with a dot stands for all meters that begin with it.</summary>
    private static readonly string[] Framework = ["System.Runtime", "Npgsql", "Microsoft.AspNetCore."];

    /// <summary>Beginnings of the names of instruments that record each component of each render, and each buffer: half of the cost of metrics in a fan-out.</summary>
    private static readonly string[] Expensive = ["aspnetcore.components.update_parameters.", "aspnetcore.memory_pool."];

    /// <summary>Tags that tell by which address a connection came in, or where the database listens.</summary>
    public static readonly string[] Addresses = ["server.address", "server.port", "network.type", "network.transport"];

    /// <summary>Whether the instrument belongs to this host, or to the whole process, and is worth its cost.</summary>
    public static bool Gathers(Instrument instrument, Meter shop, IMeterFactory meters) =>
        instrument.Meter == shop || (IsFrameworks(instrument.Meter) && instrument.Meter.Scope is var scope && (scope is null || scope == meters) && !IsExpensive(instrument));

    public static bool IsExpensive(Instrument instrument) => Expensive.Any(name => instrument.Name.StartsWith(name, StringComparison.Ordinal));

    public static bool IsLabel(string tag) => !Addresses.Contains(tag);

    private static bool IsFrameworks(Meter meter) => Framework.Any(name => name.EndsWith('.') ? meter.Name.StartsWith(name, StringComparison.Ordinal) : meter.Name == name);
}
