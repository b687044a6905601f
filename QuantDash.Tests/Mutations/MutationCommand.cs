using System.Diagnostics;

namespace QuantDash.Tests.Mutations;

/// <summary>`mutations [name…]`: copies the sources to a folder of its own, puts one mistake in after the other, builds and runs its test, and says which stayed green.
/// Exit code 1 when one did.</summary>
internal static class MutationCommand
{
    private static readonly string[] Copied = ["QuantDash.Core", "QuantDash.Web", "QuantDash.Tests", "build", "docs", "ops", "bridges", ".config"];

    public static async Task<int> RunAsync(string[] names, TextWriter output)
    {
        var chosen = MutationList.All.Where(mutation => names.Length == 0 || names.Contains(mutation.Name)).ToList();
        if (chosen.Count == 0)
        {
            output.WriteLine($"There are: {string.Join(", ", MutationList.All.Select(mutation => $"\"{mutation.Name}\""))}");
            return 2;
        }

        var root = Directory.CreateTempSubdirectory("quantdash-mutations-").FullName;
        try
        {
            Copy(Mutation.Root, root);
            output.WriteLine($"building the sources as they are, in {root}");
            if (await DotnetAsync(root, "build", "QuantDash.Tests", "-c", "Debug", "-v", "q", "-p:RunAnalyzers=false") is { ExitCode: not 0 } broken)
            {
                output.WriteLine(broken.Output);
                return 1;
            }

            var green = 0;
            foreach (var mutation in chosen) green += await IsCaughtAsync(mutation, root, output) ? 0 : 1;
            output.WriteLine($"{chosen.Count - green} of {chosen.Count} mistakes were caught");
            return green == 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static async Task<bool> IsCaughtAsync(Mutation mutation, string root, TextWriter output)
    {
        var before = await TestAsync(mutation, root, build: false);
        var source = mutation.Apply(root);
        var after = await TestAsync(mutation, root, build: true);
        await File.WriteAllTextAsync(Path.Combine(root, mutation.File), source);
        var caught = before == "green" && after == "red";
        output.WriteLine($"{(caught ? "caught" : "NOT CAUGHT"),-10} {mutation.Name,-50} {mutation.Test}: {before} before, {after} after");
        return caught;
    }

    private static async Task<string> TestAsync(Mutation mutation, string root, bool build)
    {
        if (build && await DotnetAsync(root, "build", "QuantDash.Tests", "-c", "Debug", "-v", "q", "-p:RunAnalyzers=false") is { ExitCode: not 0 }) return "does not build";
        var (code, said) = await DotnetAsync(root, "test", "QuantDash.Tests", "-c", "Debug", "--no-build", "--nologo", "--filter", $"FullyQualifiedName~{mutation.Test}");
        var ran = said.Contains("Total:", StringComparison.Ordinal) && !said.Contains("Passed:     0, Skipped", StringComparison.Ordinal);
        return code != 0 ? "red" : ran ? "green" : "not run";
    }

    private static async Task<(int ExitCode, string Output)> DotnetAsync(string root, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = root, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (said, wrong) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await said + await wrong);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Copied.Where(folder => Directory.Exists(Path.Combine(from, folder)))) CopyFolder(Path.Combine(from, folder), Path.Combine(to, folder));
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.GetDirectories(from).Where(folder => Path.GetFileName(folder) is not ("bin" or "obj"))) CopyFolder(folder, Path.Combine(to, Path.GetFileName(folder)));
    }
}
