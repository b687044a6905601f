using System.Runtime.InteropServices;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Backtesting;

/// <summary>A lot in place: what one opening fill left.</summary>
internal struct BacktestLot
{
    public long OpenTicks;
    public long BasisTicks;
    public decimal Volume;
    public bool IsToday;
    public int EntryBar;
    public int EntryOrder;
    public long LowTicks;
    public long HighTicks;

    /// <summary>What is left of the fee of opening.</summary>
    public decimal Fee;
}

/// <summary>One leg of a backtest: lots oldest first, and the sums over them, kept as they change. Costs are Σ ticks × volume.</summary>
internal sealed class BacktestLeg(Side side)
{
    private readonly List<BacktestLot> _lots = [];

    public Side Side { get; } = side;
    public decimal Volume { get; private set; }
    public decimal Today { get; private set; }
    public decimal OpenCost { get; private set; }

    /// <summary>Margin basis: open price of today's lots.</summary>
    public decimal TodayCost { get; private set; }

    /// <summary>Margin basis: settlement price of the others.</summary>
    public decimal SettledCost { get; private set; }

    /// <summary>How much a close would still be charged as close-today.</summary>
    public decimal FeeToday { get; private set; }

    public IReadOnlyList<BacktestLot> Lots => _lots;

    public void Open(long ticks, decimal volume, decimal fee, int bar, int order)
    {
        _lots.Add(new() { OpenTicks = ticks, BasisTicks = ticks, Volume = volume, IsToday = true, EntryBar = bar, EntryOrder = order, LowTicks = ticks, HighTicks = ticks, Fee = fee });
        var cost = ticks * volume;
        Volume += volume;
        Today += volume;
        FeeToday += volume;
        OpenCost += cost;
        TodayCost += cost;
    }

    /// <summary>How much of a close is charged as close-today: today's volume first, whichever lots go; where orders say the age, that decides.</summary>
    public decimal AsToday(decimal volume, LotAge? takes) => takes switch
    {
        LotAge.Today => volume,
        LotAge.Yesterday => 0m,
        null => Math.Min(FeeToday, volume),
    };

    /// <summary>Takes lots, oldest first; the caller has seen to it that they are there. Returns Σ (close − open) in ticks × volume, by sign of the side.</summary>
    public decimal Close(in BacktestClose close)
    {
        FeeToday -= AsToday(close.Volume, close.Takes);
        var missing = close.Volume;
        var feeLeft = close.Fee;
        var result = 0m;
        for (var at = 0; missing > 0m;)
        {
            ref var lot = ref CollectionsMarshal.AsSpan(_lots)[at];
            if (close.Takes is { } age && age == LotAge.Today != lot.IsToday)
            {
                at++;
                continue;
            }
            var whole = lot.Volume <= missing;
            var volume = whole ? lot.Volume : missing;
            var entryFee = whole ? lot.Fee : lot.Fee * volume / lot.Volume;
            var exitFee = volume == missing ? feeLeft : close.Fee * volume / close.Volume;
            var pnl = (close.Ticks - lot.OpenTicks) * volume * Side.Sign();
            close.Trades?.Add(new()
            {
                Side = Side,
                Volume = volume,
                EntryBar = lot.EntryBar,
                EntryTicks = lot.OpenTicks,
                EntryOrder = lot.EntryOrder,
                ExitBar = close.Bar,
                ExitTicks = close.Ticks,
                ExitOrder = close.Order,
                Pnl = pnl * close.TickMoney,
                Fee = entryFee + exitFee,
                LowTicks = Math.Min(lot.LowTicks, close.Ticks),
                HighTicks = Math.Max(lot.HighTicks, close.Ticks),
            });
            result += pnl;
            Take(ref lot, volume, entryFee);
            if (whole) _lots.RemoveAt(at);
            missing -= volume;
            feeLeft -= exitFee;
        }
        return result;
    }

    /// <summary>Lots held to the end of a bar have seen all of it.</summary>
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
        SettledCost = ticks * Volume;
        (TodayCost, Today, FeeToday) = (0m, 0m, 0m);
    }

    private void Take(ref BacktestLot lot, decimal volume, decimal fee)
    {
        lot.Volume -= volume;
        lot.Fee -= fee;
        Volume -= volume;
        OpenCost -= lot.OpenTicks * volume;
        if (lot.IsToday)
        {
            Today -= volume;
            TodayCost -= lot.OpenTicks * volume;
        }
        else
        {
            SettledCost -= lot.BasisTicks * volume;
        }
    }
}

/// <summary>A close that is booked.</summary>
internal readonly record struct BacktestClose(long Ticks, decimal Volume, LotAge? Takes, decimal Fee, decimal TickMoney, int Bar, int Order, List<BacktestTrade>? Trades);
