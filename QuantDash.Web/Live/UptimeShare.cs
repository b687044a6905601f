namespace QuantDash.Web.Live;

/// <summary>For how long something was up, of the time in which it should have been.</summary>
public readonly record struct UptimeShare(TimeSpan Up, TimeSpan Counted)
{
    /// <summary>0 to 1; null while nothing was counted.</summary>
    public double? Ratio => Counted > TimeSpan.Zero ? Up / Counted : null;

    public UptimeShare With(TimeSpan up, TimeSpan counted) => new(Up + up, Counted + counted);
}
