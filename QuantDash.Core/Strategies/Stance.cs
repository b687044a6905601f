namespace QuantDash.Core.Strategies;

/// <summary>The side a strategy of one contract is on: orders are asked for only when that changes.</summary>
internal sealed class Stance(ParameterValues values)
{
    private readonly PositionSize _size = new(values);

    /// <summary>+1 long, −1 short, 0 flat: held, or on its way there.</summary>
    public int Side { get; private set; }

    /// <summary>Nothing is on its way any more: what is held counts, whatever was wanted. So it is after a restart, a refusal, and a position that somebody else closed.</summary>
    public void Follow(IStrategyInstrument instrument)
    {
        var held = Math.Sign(instrument.Net);
        if (held != Side && instrument.WorkingOrders.Count == 0) Side = held;
    }

    public void Take(IStrategyContext context, IStrategyInstrument instrument, int side, long price)
    {
        if (side == Side) return;
        var net = side == 0 ? 0m : _size.Of(context, instrument, side, price);
        if (Math.Sign(net) == Side) return;
        Side = Math.Sign(net);
        context.MoveTo(instrument, net);
    }
}
