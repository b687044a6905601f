using QuantDash.Core.Strategies;

namespace QuantDash.Tests.Core.Engine.Hosting;

/// <summary>A strategy that a test writes: it does what it is given and notes what it was told.</summary>
internal sealed class Script : Strategy
{
    public List<string> Told { get; } = [];
    public Action<IStrategyContext>? Start { get; init; }
    public Action<IStrategyContext>? Stop { get; init; }
    public Action<IStrategyContext, IStrategyInstrument, StrategyTick>? Tick { get; init; }
    public Action<IStrategyContext, IStrategyInstrument, StrategyBar>? Bar { get; init; }
    public Action<IStrategyContext, StrategyOrder>? Order { get; init; }
    public Action<IStrategyContext, StrategyFill>? Fill { get; init; }
    public Action<IStrategyContext, string>? Timer { get; init; }

    public override void OnStart(IStrategyContext context)
    {
        Told.Add("start");
        Start?.Invoke(context);
    }

    public override void OnTick(IStrategyContext context, IStrategyInstrument instrument, in StrategyTick tick)
    {
        Told.Add(FormattableString.Invariant($"tick {tick.LastTicks}"));
        Tick?.Invoke(context, instrument, tick);
    }

    public override void OnBar(IStrategyContext context, IStrategyInstrument instrument, in StrategyBar bar)
    {
        Told.Add(FormattableString.Invariant($"bar {bar.Timeframe} {DateTimeOffset.FromUnixTimeMilliseconds(bar.End):HH:mm} {bar.OpenTicks} {bar.HighTicks} {bar.LowTicks} {bar.CloseTicks}"));
        Bar?.Invoke(context, instrument, bar);
    }

    public override void OnOrder(IStrategyContext context, StrategyOrder order)
    {
        Told.Add(FormattableString.Invariant($"order {order.Number} {order.State}"));
        Order?.Invoke(context, order);
    }

    public override void OnFill(IStrategyContext context, in StrategyFill fill)
    {
        Told.Add(FormattableString.Invariant($"fill {fill.Order.Number} {fill.Volume}@{fill.PriceTicks}"));
        Fill?.Invoke(context, fill);
    }

    public override void OnTimer(IStrategyContext context, string name)
    {
        Told.Add($"timer {name}");
        Timer?.Invoke(context, name);
    }

    public override void OnStop(IStrategyContext context)
    {
        Told.Add("stop");
        Stop?.Invoke(context);
    }
}
