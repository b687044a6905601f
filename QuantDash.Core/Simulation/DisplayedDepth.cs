using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Simulation;

/// <summary>What the latest tick of one contract shows to trade with, less what our own fills have taken from it.</summary>
/// <remarks>A side with a price and no stated volume gives any volume. A tick with neither bid nor ask (a feed of last prices) gives any volume at its last
/// price. A tick with one side only is a market at its limit: the other side gives nothing.</remarks>
internal sealed class DisplayedDepth(Contract contract)
{
    private long _bid, _ask;
    private decimal? _bidLeft, _askLeft;

    public Contract Contract { get; } = contract;
    public long UpperLimit { get; private set; }
    public long LowerLimit { get; private set; }
    public SessionWindow? Window { get; private set; }

    public void Show(in Tick tick, SessionWindow window)
    {
        var lastOnly = tick.BidTicks == 0 && tick.AskTicks == 0;
        _bid = lastOnly ? tick.LastTicks : tick.BidTicks;
        _ask = lastOnly ? tick.LastTicks : tick.AskTicks;
        _bidLeft = tick.BidVolume > 0 ? tick.BidVolume : null;
        _askLeft = tick.AskVolume > 0 ? tick.AskVolume : null;
        UpperLimit = tick.UpperLimitTicks;
        LowerLimit = tick.LowerLimitTicks;
        Window = window;
    }

    /// <summary>The price an order of this side would trade at, in ticks; 0: that side shows nothing.</summary>
    public long Opposing(OrderSide side) => side == OrderSide.Buy ? _ask : _bid;

    /// <summary>Whether the side an order of <paramref name="side"/> trades with still shows all of <paramref name="wanted"/>.</summary>
    public bool Holds(OrderSide side, Volume wanted) => (side == OrderSide.Buy ? _askLeft : _bidLeft) is not { } left || left >= wanted.Value;

    /// <summary>Takes up to <paramref name="wanted"/> from the side an order of <paramref name="side"/> trades with, in whole steps of volume.</summary>
    public Volume Take(OrderSide side, Volume wanted)
    {
        ref var left = ref side == OrderSide.Buy ? ref _askLeft : ref _bidLeft;
        if (left is not { } displayed) return wanted;
        var taken = Volume.Min(wanted, new Volume(displayed).FloorToStep(Ratio.One, Contract.VolumeStep));
        left = displayed - taken.Value;
        return taken;
    }
}
