using QuantDash.Core.Hosting;

namespace QuantDash.Core.Engine;

/// <summary>One strategy in the engine, running or not.</summary>
internal sealed class HostedStrategy(StrategyInstance instance, AccountBook account)
{
    public StrategyInstance Instance { get; set; } = instance;
    public AccountBook Account { get; set; } = account;
    public Guid Id => Instance.Id;

    /// <summary>The present run or the last one; null before the first.</summary>
    public StrategyRun? Run { get; set; }
    public StrategyRunState State => Run?.State ?? StrategyRunState.Stopped;
}
