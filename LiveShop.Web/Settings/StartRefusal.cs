using System.Net.Sockets;
using LiveShop.Web.Database;
using Microsoft.AspNetCore.Connections;
using Npgsql;

namespace LiveShop.Web.Settings;

/// <summary>Turns what keeps the shop from starting, and can be mended by whoever starts it, into one line on standard error.</summary>
internal static class StartRefusal
{
    /// <summary>What it throws is about what it is to listen on, such as an https address without a certificate.</summary>
    private const string Kestrel = "Microsoft.AspNetCore.Server.Kestrel.Core";

    /// <summary>The process's exit code: 0 after a normal end, 1 after a refusal. Anything else that is thrown is a bug and goes on.</summary>
    public static async Task<int> ReportAsync(Func<Task> run)
    {
        try
        {
            await run();
            return 0;
        }
        catch (Exception exception) when (Line(exception) is { } line)
        {
            await Console.Error.WriteLineAsync(line.ReplaceLineEndings(" "));
            return 1;
        }
    }

    /// <summary>Null for a bug.</summary>
    internal static string? Line(Exception exception) => exception switch
    {
        SettingException or EmbeddedPostgresException => exception.Message,
        IOException { InnerException: AddressInUseException } => exception.Message,
        SocketException or { Source: Kestrel } => $"ASPNETCORE_URLS must be addresses that the shop can listen on, but: {exception.Message}",
        // Wrong user or password, no such database, no right to it: SQLSTATE classes 28 and 3D, and 42501.
        PostgresException { SqlState: ['2', '8', ..] or ['3', 'D', ..] or PostgresErrorCodes.InsufficientPrivilege } refused =>
            $"ConnectionStrings:Postgres must name a database that the shop may use, but PostgreSQL says: {refused.MessageText}.",
        _ => null,
    };
}
