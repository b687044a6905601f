using QuantDash.Core.Engine;
using QuantDash.Core.Primitives;
using QuantDash.Web.Features.Locks.Backtests;
using QuantDash.Web.Live;

namespace QuantDash.Tests.Support;

/// <summary>Nothing is stored.</summary>
internal sealed class SampleLockBacktests : ILockBacktestDesk
{
    public IReadOnlyList<StoredPrices> Stored(Symbol symbol) => [];

    public Outcome<LockBacktestStatus> Start(LockBacktestAsk ask, EngineSnapshot snapshot) => Outcome<LockBacktestStatus>.Failure("from", "lock_backtest_no_ticks", ask.Rule.Symbol);

    public LiveState<LockBacktestStatus>? Find(Guid id) => null;

    public bool Cancel(Guid id) => false;
}
