using System.Globalization;
using System.Net;
using System.Net.Sockets;
using LiveShop.Load;

namespace LiveShop.Tests.Load;

public sealed class PortsTests
{
    [Fact]
    public void A_port_is_none_that_the_kernel_gives_to_outgoing_connections()
    {
        var range = File.ReadAllText("/proc/sys/net/ipv4/ip_local_port_range").Split('\t').Select(word => int.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        Assert.All(Enumerable.Range(0, 100), _ => Assert.NotInRange(Ports.Free(), range[0], range[1]));
    }

    [Fact]
    public void Nobody_gets_the_port_of_another()
    {
        var ports = new int[200];
        Parallel.For(0, ports.Length / 2, pair => (ports[2 * pair], ports[(2 * pair) + 1]) = (Ports.Free(), Ports.Free()));
        Assert.Equal(ports.Length, ports.Distinct().Count());
    }

    [Fact]
    public void Ports_in_a_row_are_all_free()
    {
        var first = Ports.FreeInARow(5);
        foreach (var port in Enumerable.Range(first, 5))
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
        }
    }
}
