namespace QuantDash.Core.Markets;

/// <summary>Why a tick was refused. The wire name (API, System page, metrics) is the snake_case of the member.</summary>
public enum TickReject
{
    None,
    UnknownSymbol,
    Expired,
    NotANumber,
    NotPositive,
    OutOfRange,
    OffTick,
    OutsideLimits,
    Crossed,
    NegativeVolume,
    Backwards,
    Duplicate,
    TooOld,
    Ahead,

    /// <summary>A jump over the spike ratio that the next tick did not confirm.</summary>
    Spike,
}
