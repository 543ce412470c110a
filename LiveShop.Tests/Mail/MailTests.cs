using System.Net;
using System.Security.Cryptography.X509Certificates;
using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Mail;
using LiveShop.Web.Settings;
using MimeKit;

namespace LiveShop.Tests;

/// <summary>Tests in which orders are placed and mails go out, to a server or a folder.</summary>
public abstract class MailTests(PostgresServer postgres) : ShopTests(postgres)
{
    private readonly List<MailWorker> workers = [];
    private readonly List<IAsyncDisposable> servers = [];

    public override async Task DisposeAsync()
    {
        // Servers first: a worker that waits for one would take its time.
        foreach (var server in servers) await server.DisposeAsync();
        foreach (var worker in workers)
        {
            await worker.StopAsync(default);
            worker.Dispose();
        }
        await base.DisposeAsync();
    }

    protected SmtpSink NewSink(int port = 0, bool knowsUtf8 = false, X509Certificate2? certificate = null, NetworkCredential? login = null) =>
        Keep(new SmtpSink(port, knowsUtf8, certificate, login));

    private protected SmtpScript NewScript(params string[] answers) => Keep(new SmtpScript(answers));

    /// <summary>Sends mails by the node from now on. Returns its log.</summary>
    internal async Task<RecordedLog<MailWorker>> SendAsync(MailSettings settings, ShopNode? node = null, TimeProvider? time = null, DeliveryTimeouts? timeouts = null)
    {
        time ??= TimeProvider.System;
        var log = new RecordedLog<MailWorker>();
        var shop = ShopTab.Settings with { Name = "Snéakers" };
        var delivery = new MailDelivery(settings, time, timeouts ?? DeliveryTimeouts.Default);
        var worker = new MailWorker((node ?? NewNode()).Outbox, new OrderMail(shop, settings), delivery, settings, time, log);
        workers.Add(worker);
        await worker.StartAsync(default);
        return log;
    }

    private T Keep<T>(T server)
        where T : IAsyncDisposable
    {
        servers.Add(server);
        return server;
    }

    /// <summary>Stops what <see cref="SendAsync"/> began, as a node does that stops.</summary>
    protected Task StopSendingAsync() => Task.WhenAll(workers.Select(worker => worker.StopAsync(default)));

    internal static MailSettings To(SmtpSink sink, bool useTls = false) => ToPort(sink.Port) with { Server = new MailServer("127.0.0.1", sink.Port, null, null, useTls) };

    internal static MailSettings ToPort(int port) =>
        new(new MailboxAddress("", "orders@example.org"), new MailServer("127.0.0.1", port, null, null, UseTls: false), Folder: null);

    internal static MailSettings ToFolder(string folder) => new(new MailboxAddress("", "orders@example.org"), Server: null, folder);

    /// <summary>Places as many orders, one pair each, and returns their numbers.</summary>
    protected async Task<List<string>> BuyAsync(int orders = 1, DeliveryDetails? delivery = null)
    {
        var node = NewNode().Sell();
        var item = await node.AddItemAsync(orders);
        var numbers = new List<string>();
        for (var i = 0; i < orders; i++)
        {
            var request = Some.Request(await node.FillCartAsync(item)) with { Delivery = delivery ?? Some.Delivery };
            numbers.Add(Assert.IsType<PurchaseOutcome.Placed>(await node.Checkout.PlaceOrderAsync(request)).OrderNumber);
        }
        return numbers;
    }

    /// <summary>Lets everything that is postponed or claimed be due now.</summary>
    protected Task LetTimePassAsync() => Database.ExecuteAsync("update emails set next_attempt_at = now() where next_attempt_at is not null");

    protected Task UntilSentAsync(int mails = 1) => Eventually.TrueAsync(async () => await CountAsync("sent_at is not null") == mails);

    /// <summary>Returns when so many mails have failed so often and wait for their next attempt, which is sooner than a lease ends.</summary>
    protected Task UntilPostponedAsync(int mails = 1, int attempts = 1) => Eventually.TrueAsync(
        async () => await CountAsync($"next_attempt_at < now() + interval '1 minute' and last_error is not null and attempts = {attempts}") == mails);

    protected Task<long> CountAsync(string condition) => Database.ReadAsync<long>($"select count(*) from emails where {condition}");
}
