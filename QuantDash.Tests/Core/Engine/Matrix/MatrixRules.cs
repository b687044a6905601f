using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine.Matrix;

/// <summary>The rule of a cell, and ticks whose side a lock order would take is thick, thin or empty.</summary>
internal static class MatrixRules
{
    private static readonly Symbol Pta = Symbol.Create("CZCE", "TA2701");

    /// <summary>When a time rule acts: the second at which the other cells' price crosses.</summary>
    private static readonly TriggerTime Moment = TriggerTime.AtClock(new(10, 0, 3));

    /// <summary>Throws on a condition it does not know: a new one is to be given its rule here, and its rows in the table.</summary>
    public static LockRule Of(MatrixCell cell, AccountId account, decimal entry)
    {
        var sign = cell.Side.Sign();
        var rule = EngineHarness.NewRule(account, Pta, cell.Side, TriggerType.Price) with { AutoExecute = cell.Mode == MatrixMode.Auto, ProfitLockRatio = new(0.8m) };
        return cell.Condition switch
        {
            ConditionKind.Stop => rule with { StopLossPrice = new(entry - (20 * sign)) },
            ConditionKind.Trailing => rule with { TriggerType = TriggerType.Trailing, TrailingStop = true, TrailingDistance = 20 },
            ConditionKind.Profit => rule with { TriggerType = TriggerType.Profit, ProfitLockEnabled = true, ProfitLockThreshold = 20 * 10 * 5 },
            ConditionKind.Price => rule with { TriggerPrice = new(entry + (20 * sign)) },
            ConditionKind.Time => rule with { TriggerType = TriggerType.Time, TriggerTime = Moment },
            _ => throw new ArgumentOutOfRangeException(nameof(cell), cell.Condition, "No rule for this condition: add it here and its rows to lock-matrix.md."),
        };
    }

    /// <param name="volume">What the side that a lock of this leg takes shows; null: nobody is there.</param>
    public static RawTick Tick(DateTimeOffset at, double price, Side side, double? volume)
    {
        var (isSold, isBought) = (side == Side.Long, side == Side.Short);
        return new()
        {
            Timestamp = at,
            LastPrice = price,
            BidPrice = isSold && volume is null ? null : price - 2,
            BidVolume = isSold ? volume : 100,
            AskPrice = isBought && volume is null ? null : price + 2,
            AskVolume = isBought ? volume : 100,
        };
    }
}
