namespace QuantDash.Core.Indicators;

/// <summary>Which number of a bar an indicator of one series follows.</summary>
public enum BarField
{
    Close,
    Open,
    High,
    Low,
    Volume,

    /// <summary>(high + low) ÷ 2.</summary>
    Median,

    /// <summary>(high + low + close) ÷ 3.</summary>
    Typical,

    /// <summary>(open + high + low + close) ÷ 4.</summary>
    Average,
}
