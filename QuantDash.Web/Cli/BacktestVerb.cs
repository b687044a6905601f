using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using QuantDash.Core.Backtesting;
using QuantDash.Core.Hosting;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;
using QuantDash.Core.Strategies.Sandbox;
using QuantDash.Web.Api;
using QuantDash.Web.Features.Backtests;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Cli;

/// <summary><c>backtest</c>: a strategy over a file of bars, or over stored ones, for scripts and for those who distrust screens. Touches neither the database nor a running QuantDash.</summary>
internal static class BacktestVerb
{
    public static async Task<int> RunAsync(WebApplication app, VerbArguments arguments)
    {
        var strategies = await StrategiesAsync(app.Services, arguments.First);
        var wish = BacktestWish.Read(arguments, strategies);
        if (!wish.Succeeded)
        {
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, [.. wish.Mistakes, BacktestWish.UsageOf(strategies)]));
            return CommandLine.WrongUsage;
        }

        using var stop = VerbArguments.StopOnControlC();
        try
        {
            return await RunAsync(wish, app.Services, stop.Token);
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
    private static async Task<IStrategyDefinitions> StrategiesAsync(IServiceProvider services, string? name)
    {
        if (name is not null && BuiltInStrategies.Find(name) is null) await services.GetRequiredService<IUserStrategies>().LookAsync(CancellationToken.None);
        return services.GetRequiredService<IStrategyDefinitions>();
    }

    /// <summary>Where in the strategy it was, or what its process printed last.</summary>
    private static string Reason(StrategyFailedException failed) => failed.InnerException switch
    {
        StrategyGuestException guest => $"{failed.Message}\n{guest.Stack}",
        StrategyProcessException { LogTail.Length: > 0 } gone => $"{failed.Message}\n{gone.LogTail}",
        _ => failed.Message,
    };

    private static async Task<int> RunAsync(BacktestWish wish, IServiceProvider services, CancellationToken stop)
    {
        var funding = wish.Funding is { } rates ? Read(rates, FundingFile.Read) : Outcome<IReadOnlyList<FundingRate>>.Success([]);
        if (!funding.Succeeded) return await RefuseAsync(funding.Problems.Select(mistake => $"{wish.Funding}: {ProblemSentences.Write(mistake, RequestLanguage.Nearest(CultureInfo.CurrentUICulture))}"));
        var (input, refusals) = wish.In is { } path ? OfFile(path, wish, services) : OfStore(wish, services);
        if (input is null) return await RefuseAsync(refusals);

        var result = Backtest.Run(wish.Definition!, wish.Values!, input.Market with { Funding = funding.Value }, BacktestBars.Of(input.Bars), wish.Options, progress: null, stop);
        await WriteAsync(wish.Out, BacktestAnswer.Of(result, input.Times, input.Note), stop);
        if (input.Note is not null) await Console.Out.WriteLineAsync(input.Note);
        await Console.Out.WriteLineAsync(Summary(result, wish.Out));
        return 0;
    }

    private static (Input? Input, IEnumerable<string> Refusals) OfFile(string path, BacktestWish wish, IServiceProvider services)
    {
        var file = Read(path, BacktestFile.Read);
        if (file.Mistakes.Count > 0) return (null, file.Mistakes.Select(mistake => $"{path}: {mistake}"));
        var found = BacktestContract.Find(
            services.GetRequiredService<ContractCatalog>(), wish.Symbol, DateOnly.FromDateTime(file.Rows[0].At.UtcDateTime), BacktestContract.Tick(file.Decimals), wish.Contract);
        if (!found.Succeeded) return (null, found.Problems.Select(Sentence));
        var market = found.Value.Market;
        if (file.OffTick(market.Contract.PriceTick) is { } off)
            return (null, [string.Create(CultureInfo.InvariantCulture, $"{path}: line {off.Line}: a price is no multiple of the price tick {market.Contract.PriceTick} of {market.Contract.Symbol}; --tick says another")]);
        var bars = file.ToColumns(market.Contract, services.GetRequiredService<TradingCalendar>(), wish.TimesAreEnds);
        return (new(market, bars, [.. file.Rows.Select(row => row.At)], found.Value.Note), []);
    }

    /// <summary>A bar's time is its start, as in a file.</summary>
    private static (Input? Input, IEnumerable<string> Refusals) OfStore(BacktestWish wish, IServiceProvider services)
    {
        var (finder, bench) = (services.GetRequiredService<BarFinder>(), services.GetRequiredService<BacktestBench>());
        var series = finder.Find(wish.Stored);
        if (!series.Succeeded) return (null, series.Problems.Select(Sentence));
        var market = bench.MarketOf(series.Value, wish.Stored.From, wish.Contract);
        if (!market.Succeeded) return (null, market.Problems.Select(Sentence));
        var bars = finder.Read(series.Value, wish.Stored);
        if (!bars.Succeeded) return (null, bars.Problems.Select(Sentence));
        DateTimeOffset[] times = [.. bars.Value.Starts.ToArray().Select(DateTimeOffset.FromUnixTimeMilliseconds)];
        return (new(market.Value.Market, bars.Value, times, market.Value.Note), []);
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

    /// <param name="Times">Of the bars, as they are written down.</param>
    private sealed record Input(BacktestMarket Market, BarColumns Bars, IReadOnlyList<DateTimeOffset> Times, string? Note);
}
