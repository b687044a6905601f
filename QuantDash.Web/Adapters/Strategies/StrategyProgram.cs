using QuantDash.Web.Configuration;

namespace QuantDash.Web.Adapters.Strategies;

/// <summary>One file with strategies, and how its processes are started.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Version">What its content must be when a process reads it.</param>
internal sealed record StrategyProgram(string Path, string Version, StrategyOptions Options, TimeProvider Clock)
{
    /// <summary>To see what is in it: it has the time of a start, and no more.</summary>
    public StrategyProcess StartLook() => new(this, TimeSpan.Zero);

    /// <summary>For whoever waits for answers.</summary>
    public StrategyProcess Start() => new(this, TimeSpan.FromSeconds(Options.BacktestDeadlineSeconds));

    /// <summary>For trading.</summary>
    public StrategyProcess StartLive() => new(this, TimeSpan.FromMilliseconds(Options.DeadlineMilliseconds));
}
