using System.Diagnostics;
using System.Runtime.Versioning;
using LiveShop.Web.Database;

namespace LiveShop.Tests.Database;

[UnsupportedOSPlatform("windows")]
public sealed class ChildProcessTests
{
    private static readonly TimeSpan s_moment = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_program_runs_in_a_session_of_its_own_so_that_Ctrl_C_does_not_reach_it()
    {
        var child = await ChildProcess.RunAsync("cat", ["/proc/self/stat"], s_moment, CancellationToken.None);

        Assert.NotEqual(SessionIn(File.ReadAllText("/proc/self/stat")), SessionIn(child.Output));

        static string SessionIn(string stat) => stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[3];
    }

    [Fact]
    public async Task A_program_that_outlasts_its_time_is_killed_and_named()
    {
        var waited = Stopwatch.StartNew();
        await PostgresSandbox.RefusedAsync(
            () => ChildProcess.RunAsync("sleep", ["600"], TimeSpan.FromMilliseconds(50), CancellationToken.None), "sleep");
        Assert.True(waited.Elapsed < s_moment);
    }

    [Fact]
    public async Task Of_what_a_failing_program_says_the_line_that_names_the_error_counts()
    {
        var child = await ChildProcess.RunAsync("sh", ["-c", "echo begin; echo 'initdb: error: no space' >&2; echo 'initdb: removing data' >&2; exit 3"], s_moment, CancellationToken.None);

        Assert.Equal((3, "initdb: error: no space"), (child.ExitCode, child.Complaint));
    }

    [Fact]
    public async Task A_program_that_does_not_exist_fails_with_its_name()
    {
        var child = await ChildProcess.RunAsync("no-such-program", [], s_moment, CancellationToken.None);

        Assert.False(child.Succeeded);
        Assert.Contains("no-such-program", child.Complaint, StringComparison.Ordinal);
    }
}
