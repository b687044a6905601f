using QuantDash.Core.Backtesting;
using QuantDash.Core.Backtesting.Reports;
using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;

namespace QuantDash.Web.Cli;

/// <summary>A backtest as the verb writes it down: assumptions first, then statistics, round trips, and the equity of every bar. Times are those of the file's rows.</summary>
internal static class BacktestAnswer
{
    public static object Of(BacktestResult result, IReadOnlyList<DateTimeOffset> times, string? note)
    {
        var contract = result.Market.Contract;
        return new
        {
            Strategy = result.Definition.Name,
            result.Definition.Version,
            Parameters = result.Values.Texts,
            Symbol = contract.Symbol.ToString(),
            Instrument = Instrument(contract, result, note),
            Assumptions = Assumptions(result),
            From = times[0],
            To = times[^1],
            Bars = times.Count,
            Timeframe = result.Bars.Columns.Key.Timeframe.ToString(),
            Statistics = BacktestStatistics.Of(result),
            Trades = result.Trades.Select(trade => Trade(trade, contract, times)),
            OpenPosition = new[] { Open(Side.Long, result.OpenLong), Open(Side.Short, result.OpenShort) }.OfType<object>(),
            NotFilled = result.Orders.Where(order => order.Reason is not null).Select(order => new { order.Number, order.Side, order.Offset, order.Type, order.Volume, order.FilledVolume, order.State, order.Reason }),
            Log = result.Log,
            Equity = times.Select((at, bar) => new { Timestamp = at, Equity = Rounded(result.Equity[bar]) }),
        };
    }

    private static object Instrument(Contract contract, BacktestResult result, string? note)
    {
        var terms = result.Market.TermsOn(result.Days[^1].Day);
        return new
        {
            contract.Product.Class,
            Currency = contract.Currency.Code,
            contract.PriceTick,
            contract.Multiplier,
            contract.VolumeStep,
            Margin = terms.LongMargin.Value,
            Fees = Fees(result.Options.Fees ?? terms.Fees),
            Note = note,
        };
    }

    private static object Fees(FeeSchedule fees) => new { fees.Open, fees.Close, fees.CloseToday, fees.Maker };

    private static object Assumptions(BacktestResult result)
    {
        var options = result.Options;
        return new
        {
            options.Cash,
            options.Fill,
            LookAhead = options.Fill == FillTiming.SameClose,
            options.Path,
            options.LimitFill,
            SlippageTicks = (options.Slippage as SlippageModel.Ticks)?.Count,
            options.VolumeShare,
            options.PriceLimits,
            Settlement = "last close of the trading day",
            options.Seed,
        };
    }

    private static object Trade(in BacktestTrade trade, Contract contract, IReadOnlyList<DateTimeOffset> times)
    {
        var money = trade.Volume * contract.PriceTick * contract.Multiplier;
        return new
        {
            trade.Side,
            trade.Volume,
            EntryTime = times[trade.EntryBar],
            EntryPrice = contract.PriceAt(trade.EntryTicks).Value,
            ExitTime = times[trade.ExitBar],
            ExitPrice = contract.PriceAt(trade.ExitTicks).Value,
            Bars = trade.ExitBar - trade.EntryBar,
            trade.Pnl,
            trade.Fee,
            trade.Net,
            Mae = trade.AdverseTicks * money,
            Mfe = trade.FavourableTicks * money,
        };
    }

    private static object? Open(Side side, StrategyLeg leg) => leg.Volume == 0m ? null : new { Side = side, leg.Volume, leg.AverageOpenPrice };

    /// <summary>Equity between bookings is a double; what it means ends with the eighth digit.</summary>
    private static decimal Rounded(double equity) => decimal.Round((decimal)equity, 8);
}
