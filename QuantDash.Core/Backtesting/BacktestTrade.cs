using QuantDash.Core.Primitives;

namespace QuantDash.Core.Backtesting;

/// <summary>A round trip: (part of) a lot from its opening fill to its close.</summary>
public readonly record struct BacktestTrade
{
    public required Side Side { get; init; }
    public required decimal Volume { get; init; }

    /// <summary>Index of the bar within which it was opened.</summary>
    public required int EntryBar { get; init; }
    public required long EntryTicks { get; init; }

    /// <summary>Number of the order that opened it.</summary>
    public required int EntryOrder { get; init; }
    public required int ExitBar { get; init; }
    public required long ExitTicks { get; init; }
    public required int ExitOrder { get; init; }

    /// <summary>Against the open price, before fees and funding.</summary>
    public required decimal Pnl { get; init; }

    /// <summary>Of opening and closing.</summary>
    public required decimal Fee { get; init; }

    /// <summary>Lowest price seen: its own fills, and every bar it was held to the end of.</summary>
    public required long LowTicks { get; init; }
    public required long HighTicks { get; init; }

    public decimal Net => Pnl - Fee;

    /// <summary>Most against it (MAE) in ticks, ≤ 0.</summary>
    public long AdverseTicks => Side == Side.Long ? LowTicks - EntryTicks : EntryTicks - HighTicks;

    /// <summary>Most in its favour (MFE) in ticks, ≥ 0.</summary>
    public long FavourableTicks => Side == Side.Long ? HighTicks - EntryTicks : EntryTicks - LowTicks;
}
