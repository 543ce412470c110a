namespace LiveShop.Load;

/// <summary>Which disasters come in which order: of each kind one, shuffled, then the same again. The seed decides everything.</summary>
internal sealed class DisasterPlan(int seed, int nodes)
{
    /// <summary>In seconds.</summary>
    private const double LeastCalm = 4;
    private const double MostCalm = 10;
    private const double LeastDown = 0.5;
    private const double MostDown = 6;

    private readonly Random random = new(seed);
    private readonly Queue<DisasterKind> round = [];

    public Disaster Next()
    {
        if (round.Count == 0)
        {
            var kinds = Enum.GetValues<DisasterKind>();
            random.Shuffle(kinds);
            foreach (var next in kinds) round.Enqueue(next);
        }
        var kind = round.Dequeue();
        var node = random.Next(nodes) + 1;
        return new Disaster(kind, Disaster.IsOfNode(kind) ? node : 0, Between(LeastCalm, MostCalm), Between(LeastDown, MostDown));
    }

    private TimeSpan Between(double least, double most) => TimeSpan.FromSeconds(least + ((most - least) * random.NextDouble()));
}
