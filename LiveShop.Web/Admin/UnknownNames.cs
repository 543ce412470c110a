using LiveShop.Domain;

namespace LiveShop.Web.Admin;

/// <summary>
/// Tries to sign in with names that no account has. No lock-out bounds them, so the audit log gets the first at once, and then
/// one entry a minute that counts what came since.
/// </summary>
internal sealed class UnknownNames(Audit audit, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private ITimer? pause;
    private int tries;

    public async Task CountAsync()
    {
        lock (gate)
        {
            tries++;
            if (pause is not null) return;
            pause = time.CreateTimer(_ => _ = WriteAsync(), null, Pause, Pause);
        }
        await WriteAsync();
    }

    public void Dispose() => pause?.Dispose();

    /// <summary>Writes what is not written yet; after a minute without any, the next one is the first again.</summary>
    private async Task WriteAsync()
    {
        int unwritten;
        lock (gate)
        {
            (unwritten, tries) = (tries, 0);
            if (unwritten == 0)
            {
                pause?.Dispose();
                pause = null;
                return;
            }
        }
        await audit.RecordAsync(OperatorAction.Somebody, OperatorAction.Refused, OperatorAction.UnknownAccount, new { Tries = unwritten });
    }
}
