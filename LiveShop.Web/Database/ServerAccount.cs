namespace LiveShop.Web.Database;

/// <summary>The user that the server runs as: whoever runs the shop, but <c>postgres</c> when that is root, as which PostgreSQL refuses to run.</summary>
internal sealed class ServerAccount
{
    private const string UserOfRoot = "postgres";
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(10);

    private ServerAccount(bool isRoot, string userId) => (ShopIsRoot, UserId) = (isRoot, userId);

    /// <summary>True when the shop runs as root and the server therefore as somebody else.</summary>
    public bool ShopIsRoot { get; }

    /// <summary>The numeric id, as <c>stat</c> prints it.</summary>
    public string UserId { get; }

    public static async Task<ServerAccount> FindAsync(CancellationToken ct)
    {
        var isRoot = Environment.IsPrivilegedProcess;
        var id = await ChildProcess.RunAsync("id", isRoot ? ["-u", UserOfRoot] : ["-u"], Moment, ct);
        return id.Succeeded
            ? new(isRoot, id.Output.Trim())
            : throw new EmbeddedPostgresException(
                $"PostgreSQL does not run as root and there is no user '{UserOfRoot}' to run it: apt-get install postgresql, start the shop as another user, or set ConnectionStrings:Postgres.");
    }

    /// <summary>Runs a program as this user.</summary>
    public Task<ChildResult> RunAsync(string program, IEnumerable<string> arguments, TimeSpan timeout, CancellationToken ct) => ShopIsRoot
        ? ChildProcess.RunAsync("runuser", ["-u", UserOfRoot, "--", program, .. arguments], timeout, ct)
        : ChildProcess.RunAsync(program, arguments, timeout, ct);

    public async Task<bool> CanEnterAsync(string folder, CancellationToken ct) =>
        (await RunAsync("test", ["-x", folder], Moment, ct)).Succeeded;

    /// <summary>Makes a folder of mode 700 that is this user's. False when something of that name already exists.</summary>
    public async Task<bool> TryMakeFolderAsync(string folder, CancellationToken ct) =>
        (await RunAsync("mkdir", ["-m", "700", "--", folder], Moment, ct)).Succeeded;

    /// <summary>Makes an existing folder this user's own, closed to everybody else.</summary>
    public async Task TakeFolderAsync(string folder, CancellationToken ct)
    {
        if (ShopIsRoot)
            await ChangeAsync("chown", $"{UserOfRoot}:", folder, ct);

        await ChangeAsync("chmod", "700", folder, ct);
    }

    /// <summary>Whether a file or folder is this user's; for a link, whether the link is.</summary>
    public async Task<bool> OwnsAsync(string path, CancellationToken ct) =>
        (await StatAsync("%u", path, ct)) == UserId;

    /// <summary>Whether it is this user's folder, not a link to one, and closed to everybody else.</summary>
    public async Task<bool> OwnsAloneAsync(string folder, CancellationToken ct) =>
        (await StatAsync("%u %a %F", folder, ct)) == $"{UserId} 700 directory";

    private static async Task<string> StatAsync(string format, string path, CancellationToken ct) =>
        (await ChildProcess.RunAsync("stat", ["-c", format, "--", path], Moment, ct)).Output.Trim();

    private static async Task ChangeAsync(string program, string what, string folder, CancellationToken ct)
    {
        var result = await ChildProcess.RunAsync(program, [what, "--", folder], Moment, ct);
        if (!result.Succeeded)
            throw new EmbeddedPostgresException($"Cannot make {folder} the database's own: {result.Complaint}");
    }
}
