using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;

namespace QuantDash.Core.Backtesting;

/// <summary>Finds which working orders a bar fills, at which prices and in which order: first at its open, then along the assumed path.</summary>
internal sealed class OrderMatcher(BacktestContext context, BacktestLedger ledger, FillDesk desk, BacktestOptions options)
{
    private readonly List<StrategyOrder> _working = context.Working;
    private readonly HashSet<StrategyOrder> _tried = [];

    public void Match(in StrategyBar bar, int index)
    {
        desk.BeginBar(index, bar.Volume);
        AtOpen(bar, index);
        if (HasResting(index)) AlongPath(bar, index);
        _working.RemoveAll(order => !order.IsWorking);
    }

    /// <summary>Market orders that were placed on this bar, at its close.</summary>
    public void FillAtClose(in StrategyBar bar, int index)
    {
        desk.BeginBar(index, bar.Volume);
        for (var i = 0; i < _working.Count; i++)
        {
            var order = _working[i];
            if (order is { Type: StrategyOrderType.Market, IsWorking: true } && order.ActiveFrom == index + 1) desk.Fill(order, bar.CloseTicks, asMaker: false, slips: true, index);
        }
        _working.RemoveAll(order => !order.IsWorking);
    }

    private void AtOpen(in StrategyBar bar, int index)
    {
        for (var i = 0; i < _working.Count; i++)
        {
            var order = _working[i];
            if (!order.IsWorking || order.ActiveFrom > index) continue;
            if (order.Type == StrategyOrderType.Market || order.IsTriggered || IsStopPassed(order, bar.OpenTicks))
            {
                order.IsTriggered |= order.Type == StrategyOrderType.Stop;
                desk.Fill(order, bar.OpenTicks, asMaker: false, slips: true, index);
            }
            else if (order.Type == StrategyOrderType.Limit && IsLimitReached(order, bar.OpenTicks))
            {
                desk.Fill(order, bar.OpenTicks, asMaker: order.HasWaited, slips: false, index);
            }
            order.HasWaited = true;
        }
    }

    private bool HasResting(int index)
    {
        if (desk.IsExhausted) return false;
        foreach (var order in _working)
            if (order.IsWorking && order.ActiveFrom <= index && order.Type != StrategyOrderType.Market) return true;
        return false;
    }

    private void AlongPath(in StrategyBar bar, int index)
    {
        var (first, second) = IsHighFirst(bar) ? (bar.HighTicks, bar.LowTicks) : (bar.LowTicks, bar.HighTicks);
        Walk(bar.OpenTicks, first, index);
        Walk(first, second, index);
        Walk(second, bar.CloseTicks, index);
    }

    private bool IsHighFirst(in StrategyBar bar) => options.Path switch
    {
        BarPath.Pessimistic => ledger.NetSteps <= 0,
        BarPath.HighFirst => true,
        BarPath.LowFirst => false,
        BarPath.NearestFirst => bar.HighTicks - bar.OpenTicks <= bar.OpenTicks - bar.LowTicks,
    };

    /// <summary>One stretch of the path: what it passes, in the order it passes it.</summary>
    private void Walk(long from, long to, int index)
    {
        if (from == to) return;
        _tried.Clear();
        while (Next(from, to, index) is { } order)
        {
            _tried.Add(order);
            var level = Level(order, from, to);
            from = level;
            order.IsTriggered |= order.Type == StrategyOrderType.Stop;
            desk.Fill(order, level, asMaker: order.Type == StrategyOrderType.Limit, slips: order.Type == StrategyOrderType.Stop, index);
        }
    }

    private StrategyOrder? Next(long from, long to, int index)
    {
        StrategyOrder? next = null;
        foreach (var order in _working)
        {
            if (!order.IsWorking || order.ActiveFrom > index || !IsPassed(order, from, to) || _tried.Contains(order)) continue;
            if (next is null || Math.Abs(Level(order, from, to) - from) < Math.Abs(Level(next, from, to) - from)) next = order;
        }
        return next;
    }

    /// <summary>Whether the price reaches the order on a stretch that moves its way: up for buy stops and sell limits, down for the others.</summary>
    private bool IsPassed(StrategyOrder order, long from, long to)
    {
        var up = to > from;
        return order.Type switch
        {
            StrategyOrderType.Stop => (order.Side == OrderSide.Buy) == up && IsStopPassed(order, to),
            StrategyOrderType.Limit => (order.Side == OrderSide.Sell) == up && IsLimitReached(order, to),
            StrategyOrderType.Market => false,
        };
    }

    /// <summary>Where on the stretch: at its price, or where the stretch begins when that is beyond it already.</summary>
    private static long Level(StrategyOrder order, long from, long to) => to > from ? Math.Max(order.PriceTicks, from) : Math.Min(order.PriceTicks, from);

    private static bool IsStopPassed(StrategyOrder order, long ticks) =>
        order.Type == StrategyOrderType.Stop && (order.Side == OrderSide.Buy ? ticks >= order.PriceTicks : ticks <= order.PriceTicks);

    private bool IsLimitReached(StrategyOrder order, long ticks)
    {
        var beyond = order.Side == OrderSide.Buy ? order.PriceTicks - ticks : ticks - order.PriceTicks;
        return options.LimitFill == LimitFill.Touch ? beyond >= 0 : beyond > 0;
    }
}
