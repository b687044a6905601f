using QuantDash.Core.Positions;

namespace QuantDash.Core.Performance;

/// <summary>What a funds curve needs of one recorded moment.</summary>
/// <param name="Deposits">Σ cash flow since the beginning: what of the equity was not earned.</param>
public readonly record struct EquitySample(DateTimeOffset At, decimal Equity, decimal Deposits, decimal Margin)
{
    /// <summary>Earned since the beginning.</summary>
    public decimal Result => Equity - Deposits;

    /// <summary>Null when the equity was unknown.</summary>
    public static EquitySample? Of(EquityPoint point) =>
        point.Funds.Equity is { } equity ? new EquitySample(point.At, equity, point.Funds.Deposits, point.Funds.Margin) : null;
}
