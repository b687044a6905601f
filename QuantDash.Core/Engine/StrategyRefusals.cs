using System.Globalization;
using QuantDash.Core.Hosting;
using QuantDash.Core.Instruments;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;

namespace QuantDash.Core.Engine;

/// <summary>What refuses an order of a strategy before anything else looks at it.</summary>
internal static class StrategyRefusals
{
    /// <param name="strategy">Who asks.</param>
    /// <param name="instrument">Null: none of its own.</param>
    /// <param name="order">What for.</param>
    /// <param name="byHost">The trader closes what it holds: it is not asked.</param>
    public static Problem? Of(HostedStrategy strategy, HostedInstrument? instrument, StrategyOrder order, bool byHost)
    {
        if (instrument is null) return new("symbol", "strategy_other_contract", order.Instrument.Symbol);
        if (order.Volume <= 0m || order.Volume % instrument.VolumeStep != 0m) return new("volume", "not_a_volume", order.Volume, instrument.VolumeStep);
        if (order.Type != StrategyOrderType.Market && order.PriceTicks <= 0) return new("price", "required");
        if (byHost) return null;
        if (!strategy.IsOn) return new("id", "strategy_over");
        if (strategy.WarmUpLeft is > 0 and var left) return new("id", "strategy_warming_up", left);
        return order.Offset == Offset.Open ? OfOpening(strategy, instrument) : null;
    }

    private static Problem? OfOpening(HostedStrategy strategy, HostedInstrument instrument)
    {
        if (strategy.State == StrategyRunState.Paused) return new("id", "strategy_paused");
        var hours = strategy.Instance.Schedule;
        return hours.Covers(ClockOf(strategy, instrument.Contract)) ? null : new("id", "strategy_out_of_hours", Text(hours.From), Text(hours.To));
    }

    private static TimeOnly ClockOf(HostedStrategy strategy, Contract contract) =>
        TimeOnly.FromTimeSpan((strategy.Context?.Now ?? DateTimeOffset.UnixEpoch).ToOffset(contract.Product.Sessions.UtcOffset).TimeOfDay);

    private static string Text(TimeOnly? time) => time?.ToString("HH:mm", CultureInfo.InvariantCulture) ?? "日盘";
}
