using System.Diagnostics;
using System.Text;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Bridges;

/// <summary>The programs in <c>bridges/</c> that people run beside their terminals, by their own tests: Python, with made-up terminals and a made-up QuantDash.</summary>
public sealed class BridgeProgramTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [PythonFact]
    public async Task Programs_PassTheirOwnTests()
    {
        // -B: nothing is written beside the sources.
        var start = new ProcessStartInfo(Python.Program!, ["-B", "-m", "unittest", "discover", "-s", "tests", "-t", "."])
        {
            WorkingDirectory = Path.Combine(TestData.RepositoryRoot, "bridges"), RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var tests = Process.Start(start)!;
        var said = new StringBuilder();
        tests.OutputDataReceived += (_, line) => Keep(line.Data);
        tests.ErrorDataReceived += (_, line) => Keep(line.Data);
        tests.BeginOutputReadLine();
        tests.BeginErrorReadLine();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await tests.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            tests.Kill(entireProcessTree: true);
            Assert.Fail($"not done after {Patience.TotalSeconds} s: {All()}");
        }
        tests.ExitCode.ShouldBe(0, All());
        // None found is none failed.
        All().ShouldMatch(@"Ran [1-9]\d+ tests");

        void Keep(string? line)
        {
            lock (said) said.AppendLine(line);
        }

        string All()
        {
            lock (said) return said.ToString();
        }
    }
}

/// <summary>Where Python is; null: nowhere.</summary>
internal static class Python
{
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => new[] { Path.Combine(folder, "python3"), Path.Combine(folder, "python3.exe") }).FirstOrDefault(File.Exists);
}

/// <summary>A fact that runs Python programs; skipped where there is no python3.</summary>
public sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute() => Skip = Python.Program is null ? "needs python3 (3.7 or newer) in the PATH: apt-get install python3" : null;
}
