using System.Diagnostics;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Web.Observability;

/// <summary>Runs the real promtool.</summary>
internal static class PrometheusTool
{
    public static async Task<(int Exit, string Output)> RunAsync(string input, params string[] arguments)
    {
        using var tool = Process.Start(new ProcessStartInfo(Path.Combine(Requirements.PrometheusFolder, "promtool"), arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var (output, error) = (tool.StandardOutput.ReadToEndAsync(), tool.StandardError.ReadToEndAsync());
        await tool.StandardInput.WriteAsync(input);
        tool.StandardInput.Close();
        await tool.WaitForExitAsync();
        return (tool.ExitCode, await output + await error);
    }
}
