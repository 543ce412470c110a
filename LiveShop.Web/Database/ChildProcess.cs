using System.ComponentModel;
using System.Diagnostics;

namespace LiveShop.Web.Database;

/// <summary>What a program that has ended said.</summary>
internal sealed record ChildResult(int ExitCode, string Output, string Error)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>The one line of it that tells most about a failure: the first that names an error, else the last.</summary>
    public string Complaint
    {
        get
        {
            var lines = $"{Output}\n{Error}".Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return lines.FirstOrDefault(line => line.Contains("error:", StringComparison.Ordinal) || line.Contains("FATAL:", StringComparison.Ordinal))
                ?? lines.LastOrDefault()
                ?? $"exit code {ExitCode}";
        }
    }
}

/// <summary>Runs a program to its end, from the folder <c>/</c>, in a session of its own so that Ctrl+C in the shop's terminal does not reach it.</summary>
internal static class ChildProcess
{
    /// <summary>Never throws for an exit code; throws when the program cannot be run or outlasts the timeout, and then kills it.</summary>
    public static async Task<ChildResult> RunAsync(string program, IEnumerable<string> arguments, TimeSpan timeout, CancellationToken ct)
    {
        var start = new ProcessStartInfo("setsid", [program, .. arguments])
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // What they say is read, so it must be English.
            Environment = { ["LC_ALL"] = "C" },
        };

        using var process = Start(start);
        process.StandardInput.Close();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(timeout);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await Task.WhenAll(output, error, process.WaitForExitAsync(limit.Token));
            return new(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            ct.ThrowIfCancellationRequested();
            throw new EmbeddedPostgresException($"{program} did not end within {timeout.TotalSeconds:0} s.");
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new EmbeddedPostgresException($"Cannot run {start.FileName}: {e.Message}.", e);
        }
    }
}
