using QuantDash.Core.Backtesting.Locks;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;

namespace QuantDash.Web.Features.Locks.Backtests;

public enum LockBacktestState { Running, Finished, Cancelled, Failed }

/// <summary>What came out; the part that was asked for is set.</summary>
public sealed record LockBacktestOutcome
{
    public LockBacktestResult? Fired { get; init; }
    public LockComparison? Comparison { get; init; }
    public LockChange? Change { get; init; }
    public LockSweepOutcome? Sweep { get; init; }
}

/// <summary>A grid of outcomes.</summary>
/// <param name="Ys">Empty: one axis.</param>
/// <param name="Cells">Row by row.</param>
/// <param name="Held">The same span without any rule.</param>
public sealed record LockSweepOutcome(LockParameter X, IReadOnlyList<decimal> Xs, LockParameter? Y, IReadOnlyList<decimal> Ys, IReadOnlyList<LockSweepCell> Cells, LockBacktestResult Held)
{
    /// <summary>The cell that earned most; null: none ran.</summary>
    public LockSweepCell? Best { get; } = Cells.Where(cell => cell.Profit is not null).MaxBy(cell => cell.Profit);
}

/// <summary>How far one lock backtest is.</summary>
/// <param name="Problems">Why it was refused while it ran; empty: it was not.</param>
/// <param name="Error">Of a failed one.</param>
public sealed record LockBacktestStatus(
    Guid Id, LockBacktestPlan Plan, LockBacktestState State, double Progress, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, LockBacktestOutcome? Outcome, IReadOnlyList<Problem> Problems, string? Error)
{
    public bool IsOver => State != LockBacktestState.Running;
}

/// <summary>One that runs, or ran.</summary>
internal sealed class LockBacktestRun(LockBacktestStatus begin) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    public LiveState<LockBacktestStatus> Status { get; } = new(begin);
    public CancellationToken Stopping => _stop.Token;

    public void Report(double progress)
    {
        if (progress - Status.Current.Progress >= 0.005 || progress >= 1) Status.Publish(Status.Current with { Progress = progress });
    }

    public void Cancel()
    {
        if (!Status.Current.IsOver) _stop.Cancel();
    }

    public void Dispose() => _stop.Dispose();
}
