using QuantDash.Core.Instruments;
using QuantDash.Web.Features.Data;

namespace QuantDash.Web.Cli;

/// <summary><c>instruments</c>: what can be traded, and stocks and trading days added to it.</summary>
internal static class InstrumentVerb
{
    private const string Usage = """
        instruments list [--exchange HK]
        instruments import --in FILE   (a header and lines: exchange,code,name_zh,name_en,lot,price_tick; exchange HK or US)
        instruments calendar [--market CN|HK|US]   (which days are known; with a market all of it, as import-calendar reads it)
        instruments import-calendar --market CN|HK|US --in FILE   (the header date,kind and lines; kind known_from, known_to, closed, no_night (CN) or short (HK, US))
        """;

    private static readonly string[] ListOptions = ["--exchange"];
    private static readonly string[] ImportOptions = ["--in"];
    private static readonly string[] CalendarOptions = ["--market"];
    private static readonly string[] CalendarImportOptions = ["--market", "--in"];

    public static async Task<int> RunAsync(WebApplication app, VerbArguments arguments)
    {
        var wrong = new List<string>();
        var run = arguments.First switch
        {
            "list" => List(arguments, wrong),
            "import" => Import(arguments, wrong),
            "calendar" => Calendar(arguments, wrong),
            "import-calendar" => ImportCalendar(arguments, wrong),
            _ => null,
        };
        if (run is not null && wrong.Count == 0)
        {
            try
            {
                return await run(app.Services.GetRequiredService<InstrumentCommand>());
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                await Console.Error.WriteLineAsync(error.Message);
                return 1;
            }
        }

        foreach (var sentence in wrong) await Console.Error.WriteLineAsync(sentence);
        await Console.Error.WriteLineAsync(Usage);
        return CommandLine.WrongUsage;
    }

    private static Func<InstrumentCommand, Task<int>> List(VerbArguments arguments, List<string> wrong)
    {
        wrong.AddRange(arguments.Mistakes(ListOptions, []));
        return command => Task.FromResult(command.List(arguments.Value("--exchange"), Console.Out));
    }

    private static Func<InstrumentCommand, Task<int>> Import(VerbArguments arguments, List<string> wrong)
    {
        wrong.AddRange(arguments.Mistakes(ImportOptions, []));
        var path = HistoryVerb.Required(arguments, "--in", wrong);
        return command => Task.FromResult(command.Import(path, Console.Out));
    }

    private static Func<InstrumentCommand, Task<int>> Calendar(VerbArguments arguments, List<string> wrong)
    {
        wrong.AddRange(arguments.Mistakes(CalendarOptions, []));
        var market = arguments.Value("--market") is null ? null : Market(arguments, wrong);
        return command => Task.FromResult(command.PrintCalendars(market, Console.Out));
    }

    private static Func<InstrumentCommand, Task<int>> ImportCalendar(VerbArguments arguments, List<string> wrong)
    {
        wrong.AddRange(arguments.Mistakes(CalendarImportOptions, []));
        var (market, path) = (Market(arguments, wrong), HistoryVerb.Required(arguments, "--in", wrong));
        return async command =>
        {
            using var stop = VerbArguments.StopOnControlC();
            return await command.ImportCalendarAsync(market!.Value, path, Console.Out, stop.Token);
        };
    }

    private static CalendarMarket? Market(VerbArguments arguments, List<string> wrong)
    {
        var text = HistoryVerb.Required(arguments, "--market", wrong);
        var market = CalendarMarkets.Read(text);
        if (market is null && text.Length > 0) wrong.Add($"--market must be CN, HK or US, was {text}.");
        return market;
    }
}
