using System.Diagnostics;

namespace QuantDash.Tests.Support;

/// <summary>A program of the machine, run to its end.</summary>
internal static class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>What it printed; throws with that when its exit code is not 0.</summary>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var tool = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
        using var patience = new CancellationTokenSource(Patience);
        var (output, error) = (tool.StandardOutput.ReadToEndAsync(patience.Token), tool.StandardError.ReadToEndAsync(patience.Token));
        await tool.WaitForExitAsync(patience.Token);
        var said = await output + await error;
        return tool.ExitCode == 0 ? said : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {tool.ExitCode}: {said}");
    }
}
