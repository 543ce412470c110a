using System.Diagnostics;

namespace LiveShop.Tests.Harness;

/// <summary>Prometheus' own judge of metrics, rules and configurations.</summary>
internal static class Promtool
{
    /// <summary>Fails with what promtool says unless it finds nothing wrong.</summary>
    public static async Task ApprovesAsync(string input, params string[] arguments)
    {
        var start = new ProcessStartInfo("promtool", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new InvalidOperationException("promtool is missing: apt-get install prometheus, or run infra/test.sh.");
        }
        using (process)
        {
            var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, string.Join('\n', await said));
        }
    }
}
