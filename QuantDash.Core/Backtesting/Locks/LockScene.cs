using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Backtesting.Locks;

/// <summary>What a lock backtest begins with: one contract, what is held of it, and the cash.</summary>
/// <param name="Cash">What the account was worth without the floating P&amp;L of <paramref name="Lots"/>, in the contract's currency.</param>
/// <param name="Lots">What is held at the first tick.</param>
public sealed record LockScene(Contract Contract, decimal Cash, IReadOnlyList<SceneLot> Lots)
{
    /// <summary>Every tick counts as continuous trading, as on the source it was recorded from.</summary>
    public bool SessionsAlways { get; init; }

    /// <summary>A contract past its last trading day is accepted, as on that source.</summary>
    public bool ExpiryNone { get; init; }
}

/// <summary>Some of a leg at the beginning.</summary>
/// <param name="OpenPrice">Null: bought or sold at the first tick of continuous trading, at the price of the other side, without a fee.</param>
/// <param name="OpenedOn">Null, or a day after the first one of the span: on that first day.</param>
public sealed record SceneLot(Side Side, Volume Volume, Price? OpenPrice = null, DateOnly? OpenedOn = null);

/// <summary>What the trader does where a rule asks.</summary>
/// <param name="After">So long after the firing it is confirmed, at whatever the price is then; null: never.</param>
public sealed record LockConfirmation(TimeSpan? After)
{
    public static LockConfirmation Never { get; } = new((TimeSpan?)null);

    public static LockConfirmation AtOnce { get; } = new(TimeSpan.Zero);
}
