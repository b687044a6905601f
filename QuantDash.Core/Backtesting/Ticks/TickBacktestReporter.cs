using QuantDash.Core.Backtesting.Reports;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Orders;
using QuantDash.Core.Performance;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;

namespace QuantDash.Core.Backtesting.Ticks;

/// <summary>The report of a backtest over ticks of one contract: the same as one over bars has, counted from the engine's own records. Pure.</summary>
public static class TickBacktestReporter
{
    /// <param name="definition">Of the strategy that was played.</param>
    /// <param name="values">Its parameters.</param>
    /// <returns>Code <c>backtest_ticks_refused</c> when no tick made a bar.</returns>
    public static Outcome<BacktestReport> Of(TickBacktestRequest request, TickBacktestResult result, StrategyDefinition definition, ParameterValues values, Func<DateOnly, ContractTerms> termsOn)
    {
        var symbol = request.Symbols.Single();
        if (!result.Contracts.TryGetValue(symbol, out var played) || played.Bars.Count == 0) return Outcome<BacktestReport>.Failure("sessions_always", "backtest_ticks_refused", result.Ticks, symbol.ToString());
        var bars = BacktestBars.Of(Columns(request, played));
        var fills = result.Trades.Where(trade => trade.Fill.Symbol == symbol).ToList();
        var curve = new TickEquity(request, result);
        var market = new BacktestMarket { Contract = played.Contract, TermsOn = termsOn };
        var report = BacktestReporter.Of(Result(new(request, result, played, bars, fills, curve), definition, values, market));
        return Outcome<BacktestReport>.Success(report with
        {
            Equity = curve.Thinned(),
            Trades = [.. report.Trades.Select((trade, i) => trade with { EntryTime = fills[played.RoundTrips[i].EntryOrder].Fill.OccurredAt, ExitTime = fills[played.RoundTrips[i].ExitOrder].Fill.OccurredAt })],
            Orders = [.. result.Orders.Select((order, i) => Order(i + 1, order))],
        });
    }

    private static BacktestResult Result(Play play, StrategyDefinition definition, ParameterValues values, BacktestMarket market)
    {
        var (request, result, played, bars, fills, curve) = play;
        var barOf = BarOf(bars, fills);
        return new()
        {
            Definition = definition,
            Values = values,
            Market = market,
            Bars = bars,
            Options = new() { Cash = request.Cash.Amount, Seed = request.Latency?.Seed ?? 1 },
            FinalEquity = curve.Final,
            Days = Days(play),
            Trades = [.. played.RoundTrips.Select(trade => trade with { EntryBar = barOf[trade.EntryBar], ExitBar = barOf[trade.ExitBar] })],
            RoundTrips = played.RoundTrips.Count,
            Orders = [],
            Positions = [.. played.Positions.Select(change => change with { Bar = barOf[change.Bar] })],
            Log = Log(result),
            Equity = [.. Enumerable.Range(0, bars.Count).Select(bar => (double)(bar == bars.Count - 1 ? curve.Final : curve.At(bars.EndOf(bar))))],
            OpenLong = played.OpenLong,
            OpenShort = played.OpenShort,
            Costs = new(fills.Sum(trade => trade.Accounting.Fee), 0m, 0m),
            Realised = fills.Sum(trade => trade.Accounting.RealisedPnl ?? 0m),
            Turnover = fills.Sum(trade => played.Contract.NotionalOf(trade.Fill.Price, trade.Fill.Volume).Amount),
            Fills = fills.Count,
            MaxDrawdown = curve.MaxDrawdown,
            MaxDrawdownMoney = curve.MaxDrawdownMoney,
            BarsInMarket = InMarket(bars, played, barOf),
            MarginCalls = result.Settlements.Count(day => day.Funds.Available < 0m),
            RuinedAt = null, // The engine neither closes all nor stops the strategy then.
        };
    }

    private static BarColumns Columns(TickBacktestRequest request, PlayedContract played)
    {
        var contract = played.Contract;
        return BarColumns.Of(new(request.Source.Name, contract.Symbol, request.Strategy!.BarLength), contract.PriceTick, [.. played.Bars.Select(Row)]);

        HistoryBar Row(Bar bar) => new()
        {
            Start = bar.Start.ToUnixTimeMilliseconds(), End = bar.End.ToUnixTimeMilliseconds(), TradingDay = bar.TradingDay.DayNumber,
            Open = Ticks(bar.Open), High = Ticks(bar.High), Low = Ticks(bar.Low), Close = Ticks(bar.Close), Volume = (double)bar.Volume,
        };

        long Ticks(Price price) => (long)(price.Value / contract.PriceTick);
    }

    /// <summary>The bar each fill lies in: the last that had begun.</summary>
    private static int[] BarOf(BacktestBars bars, List<Trade> fills)
    {
        var starts = bars.Columns.Starts.Span;
        var (of, bar) = (new int[fills.Count], 0);
        for (var i = 0; i < of.Length; i++)
        {
            var at = fills[i].Fill.OccurredAt.ToUnixTimeMilliseconds();
            while (bar + 1 < starts.Length && starts[bar + 1] <= at) bar++;
            of[i] = bar;
        }

        return of;
    }

    /// <summary>Those with bars, each by its settlement; the last as it stood at the end.</summary>
    private static List<DailyResult> Days(Play play)
    {
        var (request, result, _, bars, fills, curve) = play;
        var settled = result.Settlements.GroupBy(one => one.TradingDay).ToDictionary(day => day.Key, day => day.Last().Funds.Equity);
        var fees = fills.GroupBy(trade => trade.Fill.TradingDay).ToDictionary(day => day.Key, day => day.Sum(trade => trade.Accounting.Fee));
        var (days, start) = (new List<DailyResult>(), request.Cash.Amount);
        foreach (var span in bars.Days)
        {
            var isSettled = settled.TryGetValue(span.Day, out var equity);
            var end = equity ?? (span.Last == bars.Count - 1 ? curve.Final : curve.At(bars.EndOf(span.Last)));
            days.Add(new(span.Day, start, 0m, end, fees.GetValueOrDefault(span.Day), isSettled));
            start = end;
        }

        return days;
    }

    private static int InMarket(BacktestBars bars, PlayedContract played, int[] barOf)
    {
        var (count, next, held) = (0, 0, false);
        for (var bar = 0; bar < bars.Count; bar++)
        {
            for (; next < barOf.Length && barOf[next] == bar; next++) held = played.Positions[next] is { LongSteps: not 0 } or { ShortSteps: not 0 };
            if (held) count++;
        }

        return count;
    }

    /// <summary>The engine has them newest first.</summary>
    private static List<BacktestLogLine> Log(TickBacktestResult result) => result.Strategy is { } strategy ? [.. strategy.Log.Reverse().Select(line => new BacktestLogLine(line.At, line.Message))] : [];

    private static ReportedOrder Order(int number, Order order) => new(
        number, order.Side, order.Offset, order.Type == OrderType.Limit ? StrategyOrderType.Limit : StrategyOrderType.Market, order.LimitPrice?.Value, order.Volume.Value, order.FilledVolume.Value, StateOf(order.State), order.Reason)
    {
        At = order.CreatedAt,
        AveragePrice = order.AverageFillPrice?.Value,
    };

    private static StrategyOrderState StateOf(OrderState state) => state switch
    {
        OrderState.Filled => StrategyOrderState.Filled,
        OrderState.Cancelled => StrategyOrderState.Cancelled,
        OrderState.Rejected => StrategyOrderState.Rejected,
        OrderState.Intended or OrderState.Submitting or OrderState.Accepted or OrderState.PartiallyFilled or OrderState.Cancelling or OrderState.Unknown => StrategyOrderState.Working,
    };

    private sealed record Play(TickBacktestRequest Request, TickBacktestResult Result, PlayedContract Contract, BacktestBars Bars, List<Trade> Fills, TickEquity Curve);
}
