using System.Globalization;
using System.Text.RegularExpressions;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;
using QuantDash.Web.Features.Data;

namespace QuantDash.Web.Cli;

/// <summary><c>history</c>: bars into the store, what is there, and what is wrong with it; with or without a QuantDash running beside it.</summary>
internal static partial class HistoryVerb
{
    private const string DefaultSource = "history";

    private const string Usage = """
        history import --format binance|lean|csv|wondertrader --in FILE --symbol S --timeframe 1m [--source history] [--price-tick 0.01] [--skip-bad-lines] [--replace-span]
          lean: [--scale 10000] [--zone America/New_York] [--day 2014-06-09]
          csv:  [--time COLUMN] [--date COLUMN] [--open COLUMN] [--high COLUMN] [--low COLUMN] [--close COLUMN] [--volume COLUMN|none] [--open-interest COLUMN]
                [--time-format auto|unix|ms-of-day|PATTERN] [--day 2014-06-09] [--zone UTC|+08:00|Asia/Shanghai] [--bar-time start|end] [--separator ,|;|tab] [--scale 1]
        history sync --source S --symbol S --timeframe 1m [--from 2025-03-03]   (bars out of the ticks recorded under that source)
        history export --source S --symbol S --timeframe 1m --out FILE [--from 2019-01-02] [--to 2019-12-31] [--bar-time start|end]
                [--adjust backward|forward] [--factors FILE] [--rolls FILE] [--method additive|ratio]
        history list [--source S] [--symbol S]
        history check --symbol S [--timeframe 1m] [--source S] [--holidays FILE] [--around-the-clock]
        history remove --symbol S --timeframe 1m --source S
        """;

    private const string AroundTheClock = "--around-the-clock";
    private static readonly string[] SyncOptions = ["--source", "--symbol", "--timeframe", "--from"];
    private static readonly string[] ListOptions = ["--source", "--symbol"];
    private static readonly string[] CheckOptions = ["--source", "--symbol", "--timeframe", "--holidays"];
    private static readonly string[] RemoveOptions = ["--source", "--symbol", "--timeframe"];

    public static async Task<int> RunAsync(WebApplication app, VerbArguments arguments)
    {
        var wrong = new List<string>();
        var run = arguments.First switch
        {
            "import" => Import(arguments, wrong),
            "sync" => Sync(arguments, wrong),
            "export" => Export(arguments, wrong),
            "list" => List(arguments, wrong),
            "check" => Check(arguments, wrong),
            "remove" => Remove(arguments, wrong),
            _ => null,
        };
        if (run is not null && wrong.Count == 0)
        {
            try
            {
                return await run(app.Services);
            }
            catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                await Console.Error.WriteLineAsync(error.Message);
                return 1;
            }
        }

        foreach (var sentence in wrong) await Console.Error.WriteLineAsync(sentence);
        await Console.Error.WriteLineAsync(Usage);
        return CommandLine.WrongUsage;
    }

    private static Func<IServiceProvider, Task<int>> Import(VerbArguments arguments, List<string> wrong)
    {
        var request = HistoryImportOptions.Read(arguments, Source(arguments, wrong) ?? new(DefaultSource), wrong);
        return services => Task.FromResult(services.GetRequiredService<HistoryCommand>().Import(request!, Console.Out));
    }

    private static Func<IServiceProvider, Task<int>> Sync(VerbArguments arguments, List<string> wrong)
    {
        wrong.AddRange(arguments.Mistakes(SyncOptions, []));
        _ = Required(arguments, "--source", wrong);
        var (source, symbol, timeframe) = (Source(arguments, wrong), Required(arguments, "--symbol", wrong), Timeframe(arguments, wrong));
        var from = HistoryImportOptions.Day(arguments, "--from", wrong);
        return async services =>
        {
            using var stop = VerbArguments.StopOnControlC();
            return await services.GetRequiredService<HistorySyncCommand>().RunAsync(source!.Value, symbol, timeframe!.Value, from, Console.Out, stop.Token);
        };
    }

    private static Func<IServiceProvider, Task<int>> Export(VerbArguments arguments, List<string> wrong)
    {
        var request = HistoryExportOptions.Read(arguments, Source(arguments, wrong), wrong);
        var path = Required(arguments, "--out", wrong);
        return services => Task.FromResult(services.GetRequiredService<HistoryCommand>().Export(request!, path, Console.Out));
    }

    private static Func<IServiceProvider, Task<int>> List(VerbArguments arguments, List<string> wrong)
    {
        wrong.AddRange(arguments.Mistakes(ListOptions, []));
        var source = Source(arguments, wrong);
        return services => Task.FromResult(services.GetRequiredService<HistoryCommand>().List(source, arguments.Value("--symbol"), Console.Out));
    }

    private static Func<IServiceProvider, Task<int>> Check(VerbArguments arguments, List<string> wrong)
    {
        wrong.AddRange(arguments.Mistakes(CheckOptions, [AroundTheClock]));
        var (source, symbol) = (Source(arguments, wrong), Required(arguments, "--symbol", wrong));
        var timeframe = arguments.Value("--timeframe") is null ? null : Timeframe(arguments, wrong);
        var holidays = Holidays(arguments.Value("--holidays"), wrong);
        return services => Task.FromResult(services.GetRequiredService<HistoryCommand>().Check(source, symbol, timeframe, holidays, arguments.Has(AroundTheClock), Console.Out));
    }

    private static Func<IServiceProvider, Task<int>> Remove(VerbArguments arguments, List<string> wrong)
    {
        wrong.AddRange(arguments.Mistakes(RemoveOptions, []));
        _ = Required(arguments, "--source", wrong);
        var (source, symbol, timeframe) = (Source(arguments, wrong), Required(arguments, "--symbol", wrong), Timeframe(arguments, wrong));
        return services => Task.FromResult(services.GetRequiredService<HistoryCommand>().Remove(source!.Value, symbol, timeframe!.Value, Console.Out));
    }

    internal static string Required(VerbArguments arguments, string option, List<string> wrong)
    {
        if (arguments.Value(option) is { } value) return value;
        wrong.Add($"{option} is missing.");
        return "";
    }

    /// <summary>Null with a sentence when it is missing or none.</summary>
    internal static Timeframe? Timeframe(VerbArguments arguments, List<string> wrong)
    {
        var text = Required(arguments, "--timeframe", wrong);
        if (QuantDash.Core.Markets.History.Timeframe.TryParse(text, out var timeframe)) return timeframe;
        if (text.Length > 0) wrong.Add($"--timeframe must be 1m to 720m, 1h to 12h or 1d, was {text}.");
        return null;
    }

    private static SourceName? Source(VerbArguments arguments, List<string> wrong)
    {
        if (arguments.Value("--source") is not { } text) return null;
        if (SourceName.IsValid(text)) return new SourceName(text);
        wrong.Add($"--source must be 1 to 64 of a-z, 0-9, _ and -, was {text}.");
        return null;
    }

    /// <summary>Every date in a file, however it is laid out.</summary>
    private static List<DateOnly>? Holidays(string? path, List<string> wrong)
    {
        if (path is null) return null;
        if (!File.Exists(path))
        {
            wrong.Add($"--holidays: there is no file {path}.");
            return null;
        }

        var days = Dates().Matches(File.ReadAllText(path))
            .Select(match => DateOnly.TryParseExact(match.Value.Replace("-", "", StringComparison.Ordinal), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : default)
            .Where(day => day != default)
            .ToList();
        if (days.Count == 0) wrong.Add($"--holidays: {path} holds no dates as yyyyMMdd or yyyy-MM-dd.");
        return days;
    }

    [GeneratedRegex(@"(?<!\d)(\d{8}|\d{4}-\d{2}-\d{2})(?!\d)")]
    private static partial Regex Dates();
}
