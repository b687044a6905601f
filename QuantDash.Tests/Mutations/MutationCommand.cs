using System.Diagnostics;
using System.Globalization;

namespace QuantDash.Tests.Mutations;

/// <summary>`mutations [name…] [--from n] [--to m]`: copies the sources to a folder of its own, sees every named test green there once, then puts one mistake in after the other, builds and runs its
/// test. Caught is a mistake with which its test ran and failed; one that does not build, or whose test did not run, is caught by nobody. Exit code 1 when one was not.</summary>
internal static class MutationCommand
{
    private static readonly string[] Copied = ["QuantDash.Core", "QuantDash.Web", "QuantDash.Tests", "build", "docs", "ops", "bridges", ".config"];

    /// <summary>A mistake may make a loop endless.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(15);

    public static async Task<int> RunAsync(string[] arguments, TextWriter output)
    {
        if (Chosen(arguments) is not { Count: > 0 } chosen)
        {
            output.WriteLine("mutations [name…] [--from n] [--to m]");
            foreach (var (index, mutation) in MutationList.All.Index()) output.WriteLine($"{index + 1,3} \"{mutation.Name}\"");
            return 2;
        }

        var root = Directory.CreateTempSubdirectory("quantdash-mutations-").FullName;
        try
        {
            Copy(Mutation.Root, root);
            var clean = Stopwatch.StartNew();
            output.WriteLine($"building the sources as they are, in {root}");
            if (await BuildAsync(root) is { } broken)
            {
                output.WriteLine(broken);
                return 1;
            }

            var before = await TestAsync(root, [.. chosen.Select(mutation => mutation.Test).Distinct()]);
            output.WriteLine($"built, and their tests were run without a mistake, in {clean.Elapsed.TotalSeconds:F0} s");
            var caught = 0;
            foreach (var mutation in chosen) caught += await IsCaughtAsync(mutation, before.Of(mutation.Test), root, output) ? 1 : 0;
            output.WriteLine($"{caught} of {chosen.Count} mistakes were caught");
            return caught == chosen.Count ? 0 : 1;
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    /// <summary>By name, by place in the list from 1, or all of them; none when something is not understood.</summary>
    internal static IReadOnlyList<Mutation> Chosen(IReadOnlyList<string> arguments)
    {
        var (from, to, names) = (1, MutationList.All.Count, new List<string>());
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] is not ("--from" or "--to")) names.Add(arguments[i]);
            else if (!int.TryParse(arguments.ElementAtOrDefault(i + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var place)) return [];
            else if (arguments[i++] == "--from") from = place;
            else to = place;
        }

        if (names.Exists(name => MutationList.All.All(mutation => mutation.Name != name))) return [];
        return [.. MutationList.All.Index().Where(one => one.Index + 1 >= from && one.Index + 1 <= to && (names.Count == 0 || names.Contains(one.Item.Name))).Select(one => one.Item)];
    }

    private static async Task<bool> IsCaughtAsync(Mutation mutation, string before, string root, TextWriter output)
    {
        var took = Stopwatch.StartNew();
        if (before != "green") return Say(output, mutation, took, caught: false, $"{before} before, so it shows nothing");
        var source = mutation.Apply(root);
        try
        {
            if (await BuildAsync(root) is { } broken) return Say(output, mutation, took, caught: false, $"does not build: {broken.Split('\n')[0]}");
            var after = (await TestAsync(root, [mutation.Test])).Of(mutation.Test);
            return Say(output, mutation, took, after == "red", $"green before, {after} after");
        }
        finally
        {
            await File.WriteAllTextAsync(Path.Combine(root, mutation.File), source);
        }
    }

    private static bool Say(TextWriter output, Mutation mutation, Stopwatch took, bool caught, string how)
    {
        output.WriteLine($"{(caught ? "caught" : "NOT CAUGHT"),-10} {took.Elapsed.TotalSeconds,5:F0} s  {mutation.Name,-50} {mutation.Test}: {how}");
        return caught;
    }

    /// <returns>What was wrong; null: it was built.</returns>
    private static async Task<string?> BuildAsync(string root)
    {
        var (exitCode, said) = await DotnetAsync(root, "build", "QuantDash.Tests", "-c", "Debug", "-v", "q", "--nologo", "-p:RunAnalyzers=false");
        if (exitCode == 0) return null;
        var errors = said.Split('\n').Where(line => line.Contains("error ", StringComparison.Ordinal)).ToList();
        return errors.Count > 0 ? string.Join('\n', errors) : said;
    }

    private static async Task<TestResults> TestAsync(string root, IReadOnlyList<string> tests)
    {
        var file = Path.Combine(root, "results.trx");
        File.Delete(file);
        await DotnetAsync(
            root, "test", "QuantDash.Tests", "-c", "Debug", "--no-build", "--nologo", "--logger", $"trx;LogFileName={file}", "--filter", string.Join('|', tests.Select(test => $"FullyQualifiedName~{test}")));
        if (!File.Exists(file)) return TestResults.None;
        using var trx = File.OpenText(file);
        return TestResults.Read(trx);
    }

    private static async Task<(int ExitCode, string Output)> DotnetAsync(string root, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = root, RedirectStandardOutput = true, RedirectStandardError = true };
        // What a build leaves running would keep the output open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(LongestRun);
        await using var ending = patience.Token.Register(() => process.Kill(entireProcessTree: true));
        var (said, wrong) = (process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
        await process.WaitForExitAsync(CancellationToken.None);
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
