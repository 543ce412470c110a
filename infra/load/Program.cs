using LiveShop.Load;

using var shop = new ShopAddress(new Uri(args[0]));
var clients = int.Parse(args[1], null);
var sw = System.Diagnostics.Stopwatch.StartNew();
var tabs = new System.Collections.Concurrent.ConcurrentBag<StoreTab>();
await Parallel.ForAsync(0, clients, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, stop) => tabs.Add(await StoreTab.OpenAsync(new Browser(shop), stop)));
Console.WriteLine($"{clients} live after {sw.ElapsedMilliseconds} ms");
for (var i = 0; i < 20; i++)
{
    await Task.Delay(1000);
    Console.WriteLine($"lost {tabs.Count(t => t.Circuit.Lost is not null)} batches {tabs.Sum(t => t.Circuit.Batches)} bytes {tabs.Sum(t => t.Circuit.BytesReceived)} seen {tabs.Sum(t => t.Seen.Count)} sizes {tabs.First().Levels.Count} {tabs.Select(t => t.Circuit.Lost).FirstOrDefault(l => l is not null)}");
}
foreach (var t in tabs) await t.LeaveAsync(default);
