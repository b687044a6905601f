using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;

namespace QuantDash.Core.Backtesting.Reports;

/// <summary>Makes the report of a run. Pure; the run must have kept its detail.</summary>
public static class BacktestReporter
{
    /// <summary>More than the pixels of a chart.</summary>
    public const int MostEquityPoints = 6_000;
    public const int MostCandles = 2_000;
    public const int MostLogLines = 2_000;

    public static BacktestReport Of(BacktestResult result)
    {
        var columns = result.Bars.Columns;
        var contract = result.Market.Contract;
        return new()
        {
            Market = new(
                contract.Symbol.ToString(), columns.Key.Timeframe.ToString(), Time(columns.Starts.Span[0]), Time(columns.Ends.Span[^1]), columns.Count, contract.Currency.Code, contract.PriceTick, contract.Multiplier,
                contract.VolumeStep),
            Statistics = BacktestStatistics.Of(result),
            Days = result.Days,
            Exposure = Exposure(result),
            Benchmark = BuyAndHold.ByDay(columns, (double)result.Options.Cash),
            Equity = [.. Thinning.Of(result.Equity, MostEquityPoints).Select(bar => new ReportedEquity(result.Bars.EndOf(bar), Math.Round(result.Equity[bar], 4)))],
            Candles = Candles(result.Bars),
            Trades = [.. result.Trades.Select(trade => Trade(trade, result))],
            Orders = [.. result.Orders.Select(order => Order(order, columns.PriceTick))],
            OpenPosition = [.. Leg(Side.Long, result.OpenLong), .. Leg(Side.Short, result.OpenShort)],
            Log = [.. result.Log.Skip(result.Log.Count - MostLogLines)],
            LogLines = result.Log.Count,
        };
    }

    /// <summary>At each day's last close: what the net position is worth, by what the account is.</summary>
    private static List<double> Exposure(BacktestResult result)
    {
        var (contract, rows, positions) = (result.Market.Contract, result.Bars.Rows, result.Positions);
        var money = (double)(contract.VolumeStep * contract.Multiplier * result.Bars.Columns.PriceTick);
        var shares = new List<double>(result.Bars.Days.Length);
        var (next, net) = (0, 0L);
        foreach (var day in result.Bars.Days)
        {
            for (; next < positions.Count && positions[next].Bar <= day.Last; next++) net = positions[next].LongSteps - positions[next].ShortSteps;
            var equity = result.Equity[day.Last];
            shares.Add(equity > 0 ? Math.Round(net * rows[day.Last].CloseTicks * money / equity, 6) : 0);
        }

        return shares;
    }

    private static List<ReportedCandle> Candles(BacktestBars bars)
    {
        var (columns, rows) = (bars.Columns, bars.Rows);
        var together = (rows.Length + MostCandles - 1) / MostCandles;
        var candles = new List<ReportedCandle>(MostCandles);
        for (var first = 0; first < rows.Length; first += together)
        {
            var part = rows.AsSpan(first, Math.Min(together, rows.Length - first));
            var (high, low) = (part[0].HighTicks, part[0].LowTicks);
            foreach (ref readonly var bar in part) (high, low) = (Math.Max(high, bar.HighTicks), Math.Min(low, bar.LowTicks));
            var scale = bars.Shape.Scale;
            candles.Add(new(Time(columns.Starts.Span[first]), part[0].Open, scale.PriceOf(high), scale.PriceOf(low), part[^1].Close));
        }

        return candles;
    }

    private static ReportedTrade Trade(in BacktestTrade trade, BacktestResult result)
    {
        var (bars, tick) = (result.Bars, result.Bars.Columns.PriceTick);
        var money = trade.Volume * tick * result.Market.Contract.Multiplier;
        return new(
            trade.Side, trade.Volume, bars.EndOf(trade.EntryBar), trade.EntryTicks * tick, bars.EndOf(trade.ExitBar), trade.ExitTicks * tick,
            DateOnly.FromDayNumber(bars.Columns.TradingDays.Span[trade.ExitBar]), trade.ExitBar - trade.EntryBar, trade.Pnl, trade.Fee, trade.Net, trade.AdverseTicks * money, trade.FavourableTicks * money);
    }

    private static ReportedOrder Order(in BacktestOrder order, decimal tick) => new(
        order.Number, order.Side, order.Offset, order.Type, order.Type == StrategyOrderType.Market ? null : order.PriceTicks * tick, order.Volume, order.FilledVolume, order.State, order.Reason);

    private static IEnumerable<ReportedLeg> Leg(Side side, StrategyLeg leg)
    {
        if (leg.Volume != 0m) yield return new(side, leg.Volume, leg.AverageOpenPrice);
    }

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
