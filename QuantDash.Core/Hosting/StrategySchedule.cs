namespace QuantDash.Core.Hosting;

public enum StrategyHours
{
    /// <summary>Whenever its contracts trade.</summary>
    Always,

    /// <summary>日盘 alone: no new exposure in a night session.</summary>
    DaySession,

    /// <summary>Between two times of the exchange's clock.</summary>
    Between,
}

/// <summary>When a strategy may take new exposure. Outside these hours it is told everything and may reduce what it holds.</summary>
/// <param name="From">Null unless <see cref="StrategyHours.Between"/>.</param>
/// <param name="To">First time after it; before <paramref name="From"/>: past midnight.</param>
public sealed record StrategySchedule(StrategyHours Hours, TimeOnly? From = null, TimeOnly? To = null)
{
    public static StrategySchedule Always { get; } = new(StrategyHours.Always);

    /// <summary>日盘 begins no earlier and ends no later than this, on the clock of any exchange we know.</summary>
    private static readonly (TimeOnly From, TimeOnly To) Daytime = (new(6, 0), new(18, 0));

    public static StrategySchedule Between(TimeOnly from, TimeOnly to) => new(StrategyHours.Between, from, to);

    /// <param name="clock">The exchange's.</param>
    public bool Covers(TimeOnly clock) => Hours switch
    {
        StrategyHours.Always => true,
        StrategyHours.DaySession => clock.IsBetween(Daytime.From, Daytime.To),
        StrategyHours.Between => clock.IsBetween(From ?? TimeOnly.MinValue, To ?? TimeOnly.MaxValue),
        _ => throw new InvalidOperationException($"Unknown hours {Hours}."),
    };
}
