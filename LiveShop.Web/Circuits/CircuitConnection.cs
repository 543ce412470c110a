using Microsoft.AspNetCore.Http.Features;

namespace LiveShop.Web.Circuits;

/// <summary>One websocket of a circuit, and what it has cost.</summary>
internal sealed class CircuitConnection
{
    private static readonly AsyncLocal<CircuitConnection?> Ambient = new();
    private static readonly AsyncLocal<bool> Farewell = new();

    private long bytesSent;

    /// <summary>That of the hub whose call this is; null where there is none, such as over long polling.</summary>
    public static CircuitConnection? Current => Ambient.Value;

    /// <summary>To the browser, with the websocket's own framing.</summary>
    public long BytesSent => Interlocked.Read(ref bytesSent);

    /// <summary>Whether what runs now is a tab's own word that it is closed, which ends its circuit.</summary>
    public static bool IsFarewell => Farewell.Value;

    /// <summary>Counts what goes over the websockets of circuits.</summary>
    public static Task CountAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.Equals("/_blazor/disconnect", StringComparison.OrdinalIgnoreCase)) Farewell.Value = true;
        if (context.Request.Path.StartsWithSegments("/_blazor") && context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } upgrade)
        {
            var connection = new CircuitConnection();
            Ambient.Value = connection;
            context.Features.Set<IHttpUpgradeFeature>(new CountedUpgrade(upgrade, connection));
        }
        return next(context);
    }

    private sealed class CountedUpgrade(IHttpUpgradeFeature upgrade, CircuitConnection connection) : IHttpUpgradeFeature
    {
        public bool IsUpgradableRequest => upgrade.IsUpgradableRequest;

        public async Task<Stream> UpgradeAsync() => new CountedStream(await upgrade.UpgradeAsync(), connection);
    }

    private sealed class CountedStream(Stream stream, CircuitConnection connection) : Stream
    {
        public override bool CanRead => stream.CanRead;

        public override bool CanSeek => false;

        public override bool CanWrite => stream.CanWrite;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Interlocked.Add(ref connection.bytesSent, buffer.Length);
            return stream.WriteAsync(buffer, cancellationToken);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Write(byte[] buffer, int offset, int count)
        {
            Interlocked.Add(ref connection.bytesSent, count);
            stream.Write(buffer, offset, count);
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => stream.ReadAsync(buffer, cancellationToken);

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            stream.ReadAsync(buffer, offset, count, cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => stream.Read(buffer, offset, count);

        public override Task FlushAsync(CancellationToken cancellationToken) => stream.FlushAsync(cancellationToken);

        public override void Flush() => stream.Flush();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) stream.Dispose();
            base.Dispose(disposing);
        }
    }
}
