using LiveShop.Load;

namespace LiveShop.Tests.Load;

public sealed class DisasterPlanTests
{
    private const int Nodes = 3;

    private static readonly int Kinds = Enum.GetValues<DisasterKind>().Length;

    [Fact]
    public void The_same_seed_brings_the_same_disasters()
    {
        Assert.Equal(Take(100, seed: 23), Take(100, seed: 23));
        Assert.NotEqual(Take(100, seed: 23), Take(100, seed: 24));
    }

    [Fact]
    public void Each_kind_comes_once_before_any_comes_again()
    {
        foreach (var round in Take(10 * Kinds, seed: 5).Chunk(Kinds)) Assert.Equal(Kinds, round.Select(disaster => disaster.Kind).Distinct().Count());
    }

    [Fact]
    public void What_concerns_a_node_names_one_and_over_time_every_one()
    {
        var disasters = Take(100, seed: 1);

        Assert.All(disasters, disaster => Assert.Equal(disaster.Kind is DisasterKind.KillNode or DisasterKind.RestartNode or DisasterKind.FreezeNode, disaster.Node > 0));
        Assert.Equal([0, 1, 2, 3], disasters.Select(disaster => disaster.Node).Distinct().Order());
    }

    private static List<Disaster> Take(int count, int seed)
    {
        var plan = new DisasterPlan(seed, Nodes);
        return [.. Enumerable.Range(0, count).Select(_ => plan.Next())];
    }
}
