namespace QuantDash.Web.Features.Locks.Backtests;

/// <summary>The words of the lock backtest page.</summary>
public sealed class LockBacktestText;
