namespace QuantDash.Web.Features.Strategies;

/// <summary>What a trader does with a strategy that is set up.</summary>
public enum StrategyDeed
{
    Start,
    Stop,
    Pause,
    Resume,

    /// <summary>Pauses it and closes what it holds.</summary>
    Flatten,
    Delete,
}
