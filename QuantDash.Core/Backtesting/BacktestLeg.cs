using System.Runtime.InteropServices;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Backtesting;

/// <summary>A lot in place: what one opening fill left.</summary>
internal struct BacktestLot
{
    public long OpenTicks;
    public long BasisTicks;

    /// <summary>Volume in steps of the contract.</summary>
    public long Steps;
    public bool IsToday;
    public int EntryBar;
    public int EntryOrder;
    public long LowTicks;
    public long HighTicks;

    /// <summary>What is left of the fee of opening.</summary>
    public decimal Fee;
}

/// <summary>One leg of a backtest: lots oldest first, and the sums over them, kept as they change. Whole numbers throughout, hence exact: volumes are steps of the contract, costs Σ ticks × steps.</summary>
internal sealed class BacktestLeg(Side side)
{
    private readonly List<BacktestLot> _lots = [];

    public Side Side { get; } = side;
    public long Steps { get; private set; }
    public long Today { get; private set; }
    public long OpenCost { get; private set; }

    /// <summary>Margin basis: open price of today's lots.</summary>
    public long TodayCost { get; private set; }

    /// <summary>Margin basis: settlement price of the others.</summary>
    public long SettledCost { get; private set; }

    /// <summary>How much a close would still be charged as close-today.</summary>
    public long FeeToday { get; private set; }

    /// <summary>How many (parts of) lots were closed.</summary>
    public int RoundTrips { get; private set; }

    public IReadOnlyList<BacktestLot> Lots => _lots;

    public void Open(long ticks, long steps, decimal fee, int bar, int order)
    {
        var cost = checked(ticks * steps);
        _lots.Add(new() { OpenTicks = ticks, BasisTicks = ticks, Steps = steps, IsToday = true, EntryBar = bar, EntryOrder = order, LowTicks = ticks, HighTicks = ticks, Fee = fee });
        Steps += steps;
        Today += steps;
        FeeToday += steps;
        OpenCost += cost;
        TodayCost += cost;
    }

    /// <summary>How much of a close is charged as close-today: today's volume first, whichever lots go; where orders say the age, that decides.</summary>
    public long AsToday(long steps, LotAge? takes) => takes switch
    {
        LotAge.Today => steps,
        LotAge.Yesterday => 0,
        null => Math.Min(FeeToday, steps),
    };

    /// <summary>Takes lots, oldest first; the caller has seen to it that they are there. Returns Σ (close − open) in ticks × steps, by sign of the side.</summary>
    public long Close(in BacktestClose close)
    {
        FeeToday -= AsToday(close.Steps, close.Takes);
        var missing = close.Steps;
        var feeLeft = close.Fee;
        var result = 0L;
        for (var at = 0; missing > 0;)
        {
            ref var lot = ref CollectionsMarshal.AsSpan(_lots)[at];
            if (close.Takes is { } age && age == LotAge.Today != lot.IsToday)
            {
                at++;
                continue;
            }
            var whole = lot.Steps <= missing;
            var steps = whole ? lot.Steps : missing;
            var entryFee = whole ? lot.Fee : lot.Fee * steps / lot.Steps;
            var exitFee = steps == missing ? feeLeft : close.Fee * steps / close.Steps;
            var pnl = checked((close.Ticks - lot.OpenTicks) * steps * Side.Sign());
            close.Trades?.Add(Trade(lot, close, steps, pnl, entryFee + exitFee));
            RoundTrips++;
            result += pnl;
            missing -= steps;
            feeLeft -= exitFee;
            Take(ref lot, steps, entryFee);
            if (whole) _lots.RemoveAt(at);
        }
        return result;
    }

    /// <summary>Lots that stood all the time have seen these prices.</summary>
    public void See(long low, long high)
    {
        foreach (ref var lot in CollectionsMarshal.AsSpan(_lots))
        {
            if (low < lot.LowTicks) lot.LowTicks = low;
            if (high > lot.HighTicks) lot.HighTicks = high;
        }
    }

    /// <summary>Every lot becomes an older one on the basis of the settlement price.</summary>
    public void Settle(long ticks)
    {
        if (_lots.Count == 0) return;
        foreach (ref var lot in CollectionsMarshal.AsSpan(_lots)) (lot.BasisTicks, lot.IsToday) = (ticks, false);
        SettledCost = checked(ticks * Steps);
        (TodayCost, Today, FeeToday) = (0, 0, 0);
    }

    private BacktestTrade Trade(in BacktestLot lot, in BacktestClose close, long steps, long pnl, decimal fee) => new()
    {
        Side = Side,
        Volume = steps * close.VolumeStep,
        EntryBar = lot.EntryBar,
        EntryTicks = lot.OpenTicks,
        EntryOrder = lot.EntryOrder,
        ExitBar = close.Bar,
        ExitTicks = close.Ticks,
        ExitOrder = close.Order,
        Pnl = pnl * close.StepMoney,
        Fee = fee,
        LowTicks = Math.Min(lot.LowTicks, close.Ticks),
        HighTicks = Math.Max(lot.HighTicks, close.Ticks),
    };

    private void Take(ref BacktestLot lot, long steps, decimal fee)
    {
        lot.Steps -= steps;
        lot.Fee -= fee;
        Steps -= steps;
        OpenCost -= lot.OpenTicks * steps;
        if (lot.IsToday)
        {
            Today -= steps;
            TodayCost -= lot.OpenTicks * steps;
        }
        else
        {
            SettledCost -= lot.BasisTicks * steps;
        }
    }
}

/// <summary>A close that is booked.</summary>
/// <param name="StepMoney">Money of one tick and one step of volume.</param>
internal readonly record struct BacktestClose(long Ticks, long Steps, LotAge? Takes, decimal Fee, decimal StepMoney, decimal VolumeStep, int Bar, int Order, BlockLog<BacktestTrade>? Trades);
