using LiveShop.Web.Database;
using Microsoft.AspNetCore.Connections;

namespace LiveShop.Web.Settings;

/// <summary>Turns what keeps the shop from starting, and can be mended by whoever starts it, into one line on standard error.</summary>
internal static class StartRefusal
{
    /// <summary>The process's exit code: 0 after a normal end, 1 after a refusal. Anything else that is thrown is a bug and goes on.</summary>
    public static async Task<int> ReportAsync(Func<Task> run)
    {
        try
        {
            await run();
            return 0;
        }
        catch (Exception exception) when (exception is SettingException or EmbeddedPostgresException || exception is IOException { InnerException: AddressInUseException })
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }
}
