using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using QuantDash.Core.Backtesting;
using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;
using QuantDash.Core.Strategies.Sandbox;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Cli;

/// <summary><c>backtest</c>: a strategy over a file of bars, for scripts and for those who distrust screens. Touches neither the database nor a running QuantDash.</summary>
internal static class BacktestVerb
{
    public static async Task<int> RunAsync(WebApplication app, VerbArguments arguments)
    {
        var wish = BacktestWish.Read(arguments, await StrategiesAsync(app.Services.GetRequiredService<IUserStrategies>(), arguments));
        if (!wish.Succeeded)
        {
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, [.. wish.Mistakes, BacktestWish.Usage]));
            return CommandLine.WrongUsage;
        }

        using var stop = VerbArguments.StopOnControlC();
        try
        {
            var (catalog, calendar) = (app.Services.GetRequiredService<ContractCatalog>(), app.Services.GetRequiredService<TradingCalendar>());
            return await RunAsync(wish, catalog, calendar, stop.Token);
        }
        catch (StrategyFailedException failed)
        {
            await Console.Error.WriteLineAsync(Reason(failed));
            return 1;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return 1;
        }
    }

    /// <summary>Those of the trader's own are only looked for when none that is built in has the name.</summary>
    private static async Task<IReadOnlyList<StrategyDefinition>> StrategiesAsync(IUserStrategies own, VerbArguments arguments)
    {
        if (arguments.First is null || BuiltInStrategies.Find(arguments.First) is not null) return BuiltInStrategies.All;
        var files = await own.LookAsync(CancellationToken.None);
        return [.. BuiltInStrategies.All, .. files.SelectMany(file => file.Definitions)];
    }

    /// <summary>Where in the strategy it was, or what its process printed last.</summary>
    private static string Reason(StrategyFailedException failed) => failed.InnerException switch
    {
        StrategyGuestException guest => $"{failed.Message}\n{guest.Stack}",
        StrategyProcessException { LogTail.Length: > 0 } gone => $"{failed.Message}\n{gone.LogTail}",
        _ => failed.Message,
    };

    private static async Task<int> RunAsync(BacktestWish wish, ContractCatalog catalog, TradingCalendar calendar, CancellationToken stop)
    {
        var file = Read(wish.In, BacktestFile.Read);
        if (file.Mistakes.Count > 0) return await RefuseAsync(file.Mistakes.Select(mistake => $"{wish.In}: {mistake}"));

        var (funding, mistakes) = wish.Funding is { } rates ? Read(rates, FundingFile.Read) : ([], []);
        if (mistakes.Count > 0) return await RefuseAsync(mistakes.Select(mistake => $"{wish.Funding}: {mistake}"));

        var found = BacktestContract.Find(catalog, wish.Symbol, DateOnly.FromDateTime(file.Rows[0].At.UtcDateTime), file.Decimals, wish.Contract);
        if (!found.Succeeded) return await RefuseAsync(found.Problems.Select(Sentence));
        var (market, note) = found.Value;
        if (file.OffTick(market.Contract.PriceTick) is { } off)
            return await RefuseAsync([string.Create(CultureInfo.InvariantCulture, $"{wish.In}: line {off.Line}: a price is no multiple of the price tick {market.Contract.PriceTick} of {market.Contract.Symbol}; --tick says another")]);

        var bars = BacktestBars.Of(file.ToColumns(market.Contract, calendar, wish.TimesAreEnds));
        var result = Backtest.Run(wish.Definition!, wish.Values!, market with { Funding = funding }, bars, wish.Options, progress: null, stop);
        await WriteAsync(wish.Out, BacktestAnswer.Of(result, file.Rows, note), stop);
        if (note is not null) await Console.Out.WriteLineAsync(note);
        await Console.Out.WriteLineAsync(Summary(result, wish.Out));
        return 0;
    }

    private static T Read<T>(string path, Func<TextReader, T> read)
    {
        using var file = File.OpenRead(path);
        using Stream text = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(text);
        return read(reader);
    }

    /// <summary>Whole or not at all: a result that is half-written could be read as one.</summary>
    private static async Task WriteAsync(string path, object answer, CancellationToken stop)
    {
        var unfinished = path + ".unfinished";
        await using (var file = File.Create(unfinished)) await JsonSerializer.SerializeAsync(file, answer, ApiJson.Options, stop);
        File.Move(unfinished, path, overwrite: true);
    }

    private static string Summary(BacktestResult result, string path)
    {
        var lookAhead = result.Options.Fill == FillTiming.SameClose ? " LOOK-AHEAD: orders were filled at the close that decided them." : "";
        return string.Create(CultureInfo.InvariantCulture, $"{result.Definition.Name} on {result.Market.Contract.Symbol}: {result.Bars.Count} bars, {result.Trades.Count} trades, equity {result.Options.Cash:0.00} -> {result.FinalEquity:0.00}, fees {result.Costs.Fees:0.00}, written to {path}.{lookAhead}");
    }

    private static async Task<int> RefuseAsync(IEnumerable<string> mistakes)
    {
        await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, mistakes));
        return 1;
    }

    private static string Sentence(Problem problem) => $"{problem.Field}: {ProblemSentences.Write(problem, RequestLanguage.Nearest(CultureInfo.CurrentUICulture))}";
}
