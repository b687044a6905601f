using System.Globalization;
using System.Text.Json;
using QuantDash.Core.Backtesting.Ticks;
using QuantDash.Core.Hosting;
using QuantDash.Core.Instruments;
using QuantDash.Core.Orders;
using QuantDash.Core.Strategies;
using QuantDash.Web.Api;
using QuantDash.Web.Features.Backtests;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Cli;

/// <summary><c>backtest-ticks</c>: a strategy over stored ticks by the trading engine itself, orders on their way for as long as one says. Touches neither the database nor a running QuantDash.</summary>
internal static class TickBacktestVerb
{
    public static async Task<int> RunAsync(WebApplication app, VerbArguments arguments)
    {
        var services = app.Services;
        if (arguments.First is { } name && BuiltInStrategies.Find(name) is null) await services.GetRequiredService<IUserStrategies>().LookAsync(CancellationToken.None);
        var (strategies, catalog) = (services.GetRequiredService<IStrategyDefinitions>(), services.GetRequiredService<ContractCatalog>());
        var wish = TickBacktestWish.Read(arguments, strategies, catalog);
        if (wish.Request is not { } request)
        {
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, [.. wish.Mistakes, TickBacktestWish.Usage]));
            return CommandLine.WrongUsage;
        }

        using var stop = VerbArguments.StopOnControlC();
        try
        {
            var result = services.GetRequiredService<TickBench>().Play(request, progress: null, stop.Token);
            if (!result.Succeeded) return await RefuseAsync(result.Problems.Select(Sentence));
            await WriteAsync(wish.Out, Answer(request, result.Value), stop.Token);
            await Console.Out.WriteLineAsync(Summary(request, result.Value, wish.Out));
            return result.Value.Strategy is { State: StrategyRunState.Failed, Run.Reason: var reason } ? await RefuseAsync([$"The strategy failed: {reason}"]) : 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return await RefuseAsync([error.Message]);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return await RefuseAsync(["Stopped; nothing was written."]);
        }
    }

    private static object Answer(TickBacktestRequest request, TickBacktestResult result) => new
    {
        Strategy = request.Strategy!.Definition,
        request.Strategy.Parameters,
        Symbols = request.Symbols.Select(symbol => symbol.ToString()),
        Source = request.Source.Name.Value,
        request.From,
        request.To,
        Timeframe = request.Strategy.BarLength.ToString(),
        Cash = request.Cash.Amount,
        LatencyMs = request.Latency?.Fixed.TotalMilliseconds ?? 0,
        JitterMs = request.Latency?.Jitter.TotalMilliseconds ?? 0,
        Seed = request.Latency?.Seed,
        result.Ticks,
        result.Rejected,
        FinalEquity = result.Funds.Equity,
        Pnl = result.Funds.Equity - request.Cash.Amount,
        Fees = result.Trades.Sum(trade => trade.Accounting.Fee),
        Fills = result.Trades.Select(Fill),
        Signals = result.Signals.Select(Signal),
        Days = result.Settlements.Select(day => new { day.TradingDay, day.Funds.Equity }),
        Equity = result.Equity.Select(point => new { Timestamp = point.At, point.Equity }),
    };

    private static object Fill(Trade trade) => new
    {
        Timestamp = trade.Fill.OccurredAt, Symbol = trade.Fill.Symbol.ToString(), trade.Fill.Side, trade.Fill.Offset, Price = trade.Fill.Price.Value, Volume = trade.Fill.Volume.Value, trade.Accounting.Fee,
    };

    private static object Signal(StrategySignal signal) => new
    {
        signal.TriggerTime, Symbol = signal.Symbol.ToString(), signal.TriggerCondition, signal.Action, signal.Side, signal.Offset, signal.Type, Volume = signal.Volume.Value, FilledVolume = signal.FilledVolume.Value,
        AverageFillPrice = signal.AverageFillPrice?.Value, signal.Result, OrderId = signal.OrderId?.Value, signal.ErrorMessage,
    };

    /// <summary>Whole or not at all: a result that is half-written could be read as one.</summary>
    private static async Task WriteAsync(string path, object answer, CancellationToken stop)
    {
        var unfinished = path + ".unfinished";
        await using (var file = File.Create(unfinished)) await JsonSerializer.SerializeAsync(file, answer, ApiJson.Options, stop);
        File.Move(unfinished, path, overwrite: true);
    }

    private static string Summary(TickBacktestRequest request, TickBacktestResult result, string path) => string.Create(
        CultureInfo.InvariantCulture,
        $"{request.Strategy!.Definition} on {string.Join(", ", request.Symbols)}: {result.Ticks} ticks ({result.Rejected} refused), {result.Signals.Count} signals, {result.Trades.Count} fills, equity {request.Cash.Amount:0.00} -> {result.Funds.Equity:0.00}, written to {path}.");

    private static async Task<int> RefuseAsync(IEnumerable<string> mistakes)
    {
        await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, mistakes));
        return 1;
    }

    private static string Sentence(Core.Primitives.Problem problem) => $"{problem.Field}: {ProblemSentences.Write(problem, RequestLanguage.Nearest(CultureInfo.CurrentUICulture))}";
}
