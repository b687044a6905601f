namespace QuantDash.Web.Features.Accounts;

/// <summary>How far back a curve reaches.</summary>
/// <param name="Name">Key of its words.</param>
/// <param name="Days">Null: to the beginning.</param>
public sealed record CurveRange(string Name, int? Days)
{
    public static IReadOnlyList<CurveRange> All { get; } = [new("Day", 1), new("Week", 7), new("Month", 31), new("Quarter", 92), new("Year", 366), new("Everything", null)];

    public static CurveRange Usual { get; } = All[2];

    public DateTimeOffset Since(DateTimeOffset now) => Days is { } days ? now.AddDays(-days) : DateTimeOffset.MinValue;

    /// <summary>Live points closer together than this are one.</summary>
    public TimeSpan Closest => TimeSpan.FromSeconds(5 * Math.Min(Days ?? 1000, 1000));
}
