using System.Collections;
using System.Diagnostics;
using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;
using QuantDash.Web.Configuration;

namespace QuantDash.Tests.Architecture;

/// <summary>What docs/operations.md and the files under ops/ name exists: settings, alerts, verbs, tests, files.</summary>
public sealed partial class OperationsGuideTests
{
    private static readonly string Guide = Read("docs/operations.md");

    [Fact]
    public void Settings_NamedForOperators_Exist()
    {
        var known = Keys(typeof(QuantDashOptions), QuantDashOptions.Section).Append("ConnectionStrings:QuantDash").ToHashSet(StringComparer.Ordinal);
        var named = Files().SelectMany(file => Setting().Matches(file.Text).Select(match => (file.Path, Key: match.Value.Replace("__", ":", StringComparison.Ordinal)))).ToList();
        named.Count.ShouldBeGreaterThan(10);
        named.Where(one => !known.Contains(one.Key)).ShouldBeEmpty();
    }

    [Fact]
    public void Alerts_EachHaveTheirSection()
    {
        var alerts = Alert().Matches(Read("ops/prometheus/rules.yml")).Select(match => match.Groups[1].Value);
        AlertSection().Matches(Guide).Select(match => match.Groups["alert"].Value).ShouldBe(alerts, ignoreOrder: true);
    }

    [Fact]
    public void Verbs_OfTheGuide_Exist()
    {
        var verbs = Verb().Matches(Read("QuantDash.Web/Cli/CommandLine.cs")).Select(match => match.Groups[1].Value).ToList();
        var named = VerbUse().Matches(Guide).Select(match => match.Groups[1].Value).Distinct().ToList();
        named.Count.ShouldBeGreaterThan(3);
        named.ShouldBeSubsetOf(verbs);
    }

    [Fact]
    public void Tests_OfTheGuide_Exist() =>
        TestFile().Matches(Guide).Select(match => match.Groups[1].Value).Where(name => !File.Exists(PathOf($"QuantDash.Tests/{name}.cs"))).ShouldBeEmpty();

    [Fact]
    public void Files_ThatContainersMount_Exist()
    {
        var mounted = Mount().Matches(Read("ops/compose.yaml")).Select(match => match.Groups[1].Value).Where(path => !path.EndsWith(".key", StringComparison.Ordinal)).ToList();
        mounted.Count.ShouldBeGreaterThan(3);
        mounted.Where(path => !Path.Exists(PathOf($"ops/{path}"))).ShouldBeEmpty();
        var given = Variable().Matches(Read("ops/compose.yaml")).Select(match => match.Groups[1].Value).Distinct();
        given.ShouldBe(Given().Matches(Read("ops/compose.env.example")).Select(match => match.Groups["name"].Value), ignoreOrder: true);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, 0)]
    [InlineData(HttpStatusCode.ServiceUnavailable, 1)]
    public async Task Probe_ExitsAsTheAnswerSays(HttpStatusCode status, int expected)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var server = builder.Build();
        server.Run(context =>
        {
            context.Response.StatusCode = context.Request.Path == "/health/ready" ? (int)status : 418;
            return context.Response.WriteAsync("{}");
        });
        await server.StartAsync();
        var port = new Uri(server.Urls.Single()).Port;
        (await TradingClient.EventuallyAsync(() => ProbeAsync(port), code => code == expected)).ShouldBe(expected);
        await server.StopAsync();
        (await ProbeAsync(port)).ShouldNotBe(0, "nobody is there");
    }

    private static async Task<int> ProbeAsync(int port)
    {
        using var probe = Process.Start(new ProcessStartInfo("bash", [PathOf("ops/probe.sh"), "ready", $"{port}"]) { RedirectStandardError = true })!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        await probe.WaitForExitAsync(patience.Token);
        return probe.ExitCode;
    }

    private static IEnumerable<string> Keys(Type type, string prefix)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(one => one.CanWrite))
        {
            var key = $"{prefix}:{property.Name}";
            yield return key;
            if (property.PropertyType.Assembly != type.Assembly || property.PropertyType.IsEnum || typeof(IEnumerable).IsAssignableFrom(property.PropertyType)) continue;
            foreach (var below in Keys(property.PropertyType, key)) yield return below;
        }
    }

    private static IEnumerable<(string Path, string Text)> Files() =>
        Directory.EnumerateFiles(PathOf("ops"), "*", SearchOption.AllDirectories)
            .Append(PathOf("docs/operations.md")).Append(PathOf("Dockerfile")).Select(path => (path, File.ReadAllText(path)));

    private static string Read(string path) => File.ReadAllText(PathOf(path));

    private static string PathOf(string path) => Path.Combine(TestData.RepositoryRoot, path);

    [GeneratedRegex(@"(?<![A-Za-z])(QuantDash(__|:)[A-Z]\w*((__|:)[A-Z][A-Za-z]*)*|ConnectionStrings(__|:)\w+)")]
    private static partial Regex Setting();

    [GeneratedRegex(@"- alert: (\w+)")]
    private static partial Regex Alert();

    [GeneratedRegex(@"^### (?<alert>QuantDash\w+)", RegexOptions.Multiline)]
    private static partial Regex AlertSection();

    [GeneratedRegex(@"case \[""(\w+)""")]
    private static partial Regex Verb();

    [GeneratedRegex(@"QuantDash\.Web\.dll (\w+)")]
    private static partial Regex VerbUse();

    [GeneratedRegex(@"`([A-Z]\w+(?:/\w+)+Tests)`")]
    private static partial Regex TestFile();

    [GeneratedRegex(@"- \./([^:]+):/")]
    private static partial Regex Mount();

    [GeneratedRegex(@"\$\{([A-Z_]+)")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^(?<name>[A-Z_]+)=", RegexOptions.Multiline)]
    private static partial Regex Given();
}
