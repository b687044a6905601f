using QuantDash.Core.Engine;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;

namespace QuantDash.Web.Features.Locks.Backtests;

/// <summary>Where pages ask for lock backtests.</summary>
public interface ILockBacktestDesk
{
    /// <summary>What is stored of a contract: ticks first, then bars from the shortest.</summary>
    IReadOnlyList<StoredPrices> Stored(Symbol symbol);

    /// <summary>Begins, or says why not.</summary>
    Outcome<LockBacktestStatus> Start(LockBacktestAsk ask, EngineSnapshot snapshot);

    /// <summary>Null: there is none, or it was forgotten.</summary>
    LiveState<LockBacktestStatus>? Find(Guid id);

    /// <summary>Takes one back; false: there is none.</summary>
    bool Cancel(Guid id);
}

/// <summary>Prices of a contract that can be played.</summary>
/// <param name="Bars">Null: ticks.</param>
/// <param name="Count">Ticks, or bars.</param>
public sealed record StoredPrices(SourceName Source, Timeframe? Bars, DateOnly First, DateOnly Last, long Count)
{
    /// <summary>As a choice of a form.</summary>
    public string Key => $"{Source.Value}|{Bars?.ToString() ?? ""}";
}
