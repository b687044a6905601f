using System.Globalization;
using System.Text;
using QuantDash.Core.Strategies;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Cli;

/// <summary><c>strategy list</c>: what can be run, built in and of one's own, and what is wrong with files that cannot. <c>strategy new</c>: the first files of one's own.</summary>
internal static class StrategyVerb
{
    private const string Usage = "strategy list\nstrategy new <Name> [--out <folder>]";
    private const int ShownOfVersion = 12;

    public static async Task<int> RunAsync(IUserStrategies own, string[] words, TextWriter output, TextWriter error, CancellationToken stop)
    {
        switch (words)
        {
            case ["list", .. var rest] when !new VerbArguments(rest).Mistakes([], []).Any():
                await output.WriteLineAsync(await ListAsync(own, stop));
                return 0;
            case ["new", var name, .. var rest] when !name.StartsWith('-') && !new VerbArguments(rest).Mistakes(["--out"], []).Any():
                return await NewAsync(name, new VerbArguments(rest).Value("--out") ?? name, own.Folder, output, error, stop);
            default:
                await error.WriteLineAsync(Usage);
                return CommandLine.WrongUsage;
        }
    }

    private static async Task<string> ListAsync(IUserStrategies own, CancellationToken stop)
    {
        var text = new StringBuilder();
        foreach (var definition in BuiltInStrategies.All) Describe(text, definition, "built in");
        var files = await own.LookAsync(stop);
        foreach (var file in files)
        {
            var version = file.Version.Length > ShownOfVersion ? file.Version[..ShownOfVersion] : file.Version;
            foreach (var definition in file.Definitions) Describe(text, definition, $"{file.File}, version {version}");
            if (file.Problem is { } problem) text.Append(CultureInfo.InvariantCulture, $"{file.File} (version {version}) cannot be used: {ProblemSentences.Write(problem, RequestLanguage.Nearest(CultureInfo.CurrentUICulture))}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"{files.Count} files in {own.Folder}");
        return text.ToString();
    }

    private static void Describe(StringBuilder text, StrategyDefinition definition, string origin)
    {
        text.Append(CultureInfo.InvariantCulture, $"{definition.Name} ({origin})\n  {definition.Description}\n");
        if (definition.Bind([]) is { Succeeded: true } bound)
        {
            var timeframes = definition.Timeframes(bound.Value);
            text.Append(CultureInfo.InvariantCulture, $"  warm-up: {definition.WarmUpBars(bound.Value)} bars{(timeframes.Count > 0 ? $", further timeframes: {string.Join(", ", timeframes)}" : "")}\n");
        }

        foreach (var parameter in definition.Parameters) text.Append(CultureInfo.InvariantCulture, $"  --set {parameter.Name}={parameter.DefaultText} ({parameter.Allowed}): {parameter.Help}\n");
    }

    private static async Task<int> NewAsync(string name, string folder, string strategies, TextWriter output, TextWriter error, CancellationToken stop)
    {
        if (!StrategyTemplate.IsName(name))
        {
            await error.WriteLineAsync($"{name}: a name begins with a capital and has letters and digits only, such as MyStrategy.");
            return CommandLine.WrongUsage;
        }

        try
        {
            var files = await StrategyTemplate.WriteAsync(name, Path.GetFullPath(folder), stop);
            await output.WriteLineAsync($"Written: {string.Join(", ", files)}\nNext: dotnet build {folder} -c Release, and copy {Path.Combine(folder, "bin", "Release", name + ".dll")} to {strategies}");
            return 0;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(failed.Message);
            return 1;
        }
    }
}
