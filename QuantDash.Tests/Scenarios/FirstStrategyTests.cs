using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Scenarios;

/// <summary>docs/first-strategy.md, followed to the letter: every command in it is typed, in a folder of its own.</summary>
public sealed partial class FirstStrategyTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Guide_FollowedToTheLetter_EndsWithABacktest()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("bars.csv"), Bars());
        var said = new List<string>();

        foreach (var command in Commands("docs/first-strategy.md")) said.Add(await TypeAsync(folder.Path, command));

        said.ShouldContain(text => text.Contains("my-strategy (MyStrategy.dll, version ", StringComparison.Ordinal) && text.Contains("--set bars=20 (2 to 500)", StringComparison.Ordinal));
        var result = JsonNode.Parse(await File.ReadAllTextAsync(folder.File("result.json")))!;
        (result["strategy"]!.GetValue<string>(), result["version"]!.GetValue<string>().Length).ShouldBe(("my-strategy", 64));
        result["trades"]!.AsArray().Count.ShouldBeGreaterThan(3);
        result["equity"]!.AsArray().Count.ShouldBe(400);
        result["log"]!.AsArray()[0]!["message"]!.GetValue<string>().ShouldStartWith("close ");
        result["statistics"]!["fees"]!.GetValue<decimal>().ShouldBeGreaterThan(0m);
    }

    [Fact]
    public void Guides_InBothLanguages_TypeTheSameCommands()
    {
        var commands = Commands("docs/first-strategy.md");
        commands.Count.ShouldBe(6);
        Commands("docs/first-strategy.zh-CN.md").ShouldBe(commands);
    }

    [Fact]
    public async Task NewStrategy_OverFilesThatAreThere_WritesNothing()
    {
        using var folder = new TempFolder();
        const string Again = "dotnet QuantDash.Web.dll strategy new RsiReversal --out mine";
        await TypeAsync(folder.Path, Again);
        (await File.ReadAllTextAsync(folder.File("mine/RsiReversal.cs"))).ShouldContain("Name = \"rsi-reversal\"");
        (await Should.ThrowAsync<InvalidOperationException>(() => TypeAsync(folder.Path, Again))).Message.ShouldContain("is there already: nothing was written.");
        (await Should.ThrowAsync<InvalidOperationException>(() => TypeAsync(folder.Path, "dotnet QuantDash.Web.dll strategy new my-name"))).Message.ShouldContain("a name begins with a capital");
    }

    private static List<string> Commands(string guide) =>
        [.. Block().Matches(File.ReadAllText(Path.Combine(TestData.RepositoryRoot, guide))).SelectMany(match => match.Groups["block"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))];

    /// <summary>In the shell of the guide; only where the program lies is put in.</summary>
    private static async Task<string> TypeAsync(string folder, string command)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "QuantDash.Web.dll");
        var start = new ProcessStartInfo("bash", ["-c", command.Replace("QuantDash.Web.dll", $"'{program}'", StringComparison.Ordinal)]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("QuantDash__", StringComparison.OrdinalIgnoreCase)).ToList()) start.Environment.Remove(name);
        start.Environment["QUANTDASH_ROOT"] = folder;
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false"; // No compiler stays behind that a later build would find busy.
        using var shell = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        var (output, error) = (shell.StandardOutput.ReadToEndAsync(patience.Token), shell.StandardError.ReadToEndAsync(patience.Token));
        await shell.WaitForExitAsync(patience.Token);
        var said = await output + await error;
        return shell.ExitCode == 0 ? said : throw new InvalidOperationException($"{command} ended with {shell.ExitCode}: {said}");
    }

    private static string Bars()
    {
        var lines = Enumerable.Range(0, 400).Select(i =>
        {
            var (open, close) = (100 + (10 * Math.Sin(i / 9.0)), 100 + (10 * Math.Sin((i + 1) / 9.0)));
            return string.Create(CultureInfo.InvariantCulture, $"{new DateTime(2024, 1, 2, 9, 30, 0, DateTimeKind.Utc).AddMinutes(i):yyyy-MM-dd'T'HH:mm:ss'Z'},{open:0.00},{Math.Max(open, close) + 0.5:0.00},{Math.Min(open, close) - 0.5:0.00},{close:0.00},1000");
        });
        return "timestamp,open,high,low,close,volume\n" + string.Join('\n', lines) + "\n";
    }

    [GeneratedRegex("^```bash\n(?<block>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();
}
