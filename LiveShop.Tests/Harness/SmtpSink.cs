using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using LiveShop.Load;
using MimeKit;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace LiveShop.Tests.Harness;

/// <summary>A mail server that keeps what it takes, and that fails as a test tells it to: one fault per mail, in the order given.</summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private const string Fault = "fault";

    private readonly CancellationTokenSource end = new();
    private readonly ConcurrentQueue<SmtpFault> faults = new();
    private readonly ConcurrentQueue<TakenMail> taken = new();
    private readonly TaskCompletionSource released = new();
    private readonly Task serving;
    private int connections;
    private int hanging;
    private int open;
    private int mostConcurrent;

    /// <param name="port">0 for any that is free.</param>
    /// <param name="knowsUtf8">Whether it takes addresses beyond ASCII (SMTPUTF8).</param>
    /// <param name="certificate">Offers STARTTLS with it.</param>
    /// <param name="login">The user name and password without which it takes no mail, if any.</param>
    public SmtpSink(int port = 0, bool knowsUtf8 = false, X509Certificate2? certificate = null, NetworkCredential? login = null)
    {
        Port = port == 0 ? Ports.Free() : port;
        var options = new SmtpServerOptionsBuilder().ServerName("sink").Endpoint(endpoint =>
        {
            endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, Port));
            if (certificate is not null) endpoint.Certificate(certificate);
            if (login is not null) endpoint.AuthenticationRequired().AllowUnsecureAuthentication(certificate is null);
        }).Build();
        var services = new SmtpServer.ComponentModel.ServiceProvider();
        services.Add(new Store(this));
        services.Add(new Filter(this));
        services.Add(new Commands(knowsUtf8));
        if (login is not null) services.Add(new Login(login));
        var server = new SmtpServer.SmtpServer(options, services);
        server.SessionCreated += (_, _) => Opened();
        server.SessionCompleted += (_, _) => Interlocked.Decrement(ref open);
        server.SessionFaulted += (_, _) => Interlocked.Decrement(ref open);
        server.SessionCancelled += (_, _) => Interlocked.Decrement(ref open);
        serving = server.StartAsync(end.Token);
    }

    public int Port { get; }

    public IReadOnlyList<TakenMail> Taken => [.. taken];

    public int Connections => connections;

    /// <summary>Connections that wait for an answer which does not come.</summary>
    public int Hanging => hanging;

    /// <summary>Connections that are open now.</summary>
    public int Open => open;

    /// <summary>The most connections that were open at one time.</summary>
    public int MostConcurrent => mostConcurrent;

    public SmtpSink Then(params SmtpFault[] next)
    {
        foreach (var fault in next) faults.Enqueue(fault);
        return this;
    }

    /// <summary>Lets go of every connection that hangs: what it asked is answered.</summary>
    public void Release() => released.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Release();
        await end.CancelAsync();
        await serving;
        end.Dispose();
    }

    private void Opened()
    {
        Interlocked.Increment(ref connections);
        var now = Interlocked.Increment(ref open);
        for (var most = mostConcurrent; now > most; most = mostConcurrent)
        {
            if (Interlocked.CompareExchange(ref mostConcurrent, now, most) == most) return;
        }
    }

    private sealed class Filter(SmtpSink sink) : MailboxFilter
    {
        public override Task<bool> CanAcceptFromAsync(ISessionContext context, IMailbox from, int size, CancellationToken cancellationToken)
        {
            var fault = sink.faults.TryDequeue(out var next) ? next : SmtpFault.None;
            context.Properties[Fault] = fault;
            return fault == SmtpFault.ServiceBusy
                ? throw new SmtpResponseException(new SmtpResponse(SmtpReplyCode.ServiceUnavailable, "try again later"), quit: true)
                : Task.FromResult(true);
        }

        public override Task<bool> CanDeliverToAsync(ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken) => context.Properties[Fault] switch
        {
            SmtpFault.RecipientBusy => throw new SmtpResponseException(new SmtpResponse(SmtpReplyCode.Unavailable, $"<{to.AsAddress()}> is greylisted")),
            SmtpFault.RecipientUnknown => throw new SmtpResponseException(new SmtpResponse(SmtpReplyCode.MailboxUnavailable, $"<{to.AsAddress()}> is unknown")),
            _ => Task.FromResult(true),
        };
    }

    private sealed class Store(SmtpSink sink) : MessageStore
    {
        public override async Task<SmtpResponse> SaveAsync(ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            var fault = (SmtpFault)context.Properties[Fault];
            var mail = new TakenMail(transaction.To.Single().AsAddress(), buffer.ToArray());
            if (fault == SmtpFault.HangsAfterData)
            {
                Interlocked.Increment(ref sink.hanging);
                await sink.released.Task;
                Interlocked.Decrement(ref sink.hanging);
            }
            if (fault != SmtpFault.DropsInData) sink.taken.Enqueue(mail);
            if (fault is SmtpFault.DropsInData or SmtpFault.TakesAndDrops) context.Pipe.Dispose();
            return SmtpResponse.Ok;
        }
    }

    private sealed class Commands(bool knowsUtf8) : SmtpCommandFactory
    {
        public override SmtpCommand CreateEhlo(string domainOrAddress) => new Ehlo(domainOrAddress, knowsUtf8);
    }

    private sealed class Ehlo(string domainOrAddress, bool knowsUtf8) : EhloCommand(domainOrAddress)
    {
        protected override IEnumerable<string> GetExtensions(ISessionContext context) =>
            base.GetExtensions(context).Where(extension => knowsUtf8 || extension is not "SMTPUTF8");
    }

    private sealed class Login(NetworkCredential login) : UserAuthenticator
    {
        public override Task<bool> AuthenticateAsync(ISessionContext context, string user, string password, CancellationToken cancellationToken) =>
            Task.FromResult(user == login.UserName && password == login.Password);
    }
}

public enum SmtpFault
{
    None,

    /// <summary>Takes no mail from anybody for now, and hangs up.</summary>
    ServiceBusy,

    /// <summary>Takes none for this recipient for now.</summary>
    RecipientBusy,

    RecipientUnknown,

    /// <summary>Hangs up before it has taken the mail.</summary>
    DropsInData,

    /// <summary>Has the mail, and hangs up before it says so.</summary>
    TakesAndDrops,

    /// <summary>Answers a whole mail only when it is released, and has it only then.</summary>
    HangsAfterData,
}

/// <summary>A mail as it was taken: the envelope's recipient and the bytes that came.</summary>
public sealed record TakenMail(string Recipient, byte[] Bytes)
{
    private readonly MimeMessage message = MimeMessage.Load(new MemoryStream(Bytes));

    /// <summary>The text as it travels; a byte beyond ASCII is no ASCII letter here either.</summary>
    public string Source => Encoding.Latin1.GetString(Bytes);

    /// <summary>The decoded value of a header; empty when there is none.</summary>
    public string Header(string name) => message.Headers[name] ?? "";

    /// <summary>The decoded text, with the line endings that came.</summary>
    public string Body
    {
        get
        {
            using var text = new MemoryStream();
            Assert.IsType<TextPart>(message.Body).Content!.DecodeTo(text);
            return Encoding.UTF8.GetString(text.ToArray());
        }
    }
}
