using Microsoft.Extensions.DependencyInjection;

namespace LiveShop.Tests.Harness;

/// <summary>Tests of what a browser is sent, with one browser that has cookies of its own.</summary>
public abstract class HostTests(PostgresServer postgres) : ShopTests(postgres)
{
    private ShopHost host = null!;

    protected ShopNode Node { get; private set; } = null!;

    protected HttpClient Browser { get; private protected set; } = null!;

    /// <summary>What the browser says in its Origin header for the shop's own pages.</summary>
    protected string OwnOrigin => host.Address.GetLeftPart(UriPartial.Authority);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        // A store in use: the first import of all would have the next sweep take the whole Shelf from what it read a moment before.
        await Database.ExecuteAsync("insert into store (id, epoch) values (1, 1)");
        Node = await NewHostNode().Sell().WatchAsync();
        host = await ShopHost.StartAsync(Node, Configure, Configuration);
        Browser = host.NewBrowser();
    }

    public override async Task DisposeAsync()
    {
        Browser.Dispose();
        await host.DisposeAsync();
        await base.DisposeAsync();
    }

    private protected virtual ShopNode NewHostNode() => NewNode();

    /// <summary>Changes what the shop registers.</summary>
    private protected virtual void Configure(IServiceCollection services)
    {
    }

    /// <summary>Settings in the place of environment variables.</summary>
    private protected virtual (string Key, string Value)[] Configuration => [];

    protected IServiceProvider Services => host.Services;

    /// <inheritdoc cref="ShopHost.AddOperatorAsync"/>
    protected Task AddOperatorAsync() => host.AddOperatorAsync();

    protected HttpClient NewBrowser() => host.NewBrowser();

    protected Task<HttpResponseMessage> PostFormAsync(string path, params (string Key, string Value)[] fields) =>
        Browser.PostAsync(path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Key, field.Value))));

    protected async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? origin = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (origin is not null) request.Headers.Add("Origin", origin);
        return await Browser.SendAsync(request);
    }

    /// <summary>What is in all carts.</summary>
    protected Task<List<int>> HeldAsync() => Database.ReadAllAsync<int>("select item_id from cart_items order by item_id");
}
