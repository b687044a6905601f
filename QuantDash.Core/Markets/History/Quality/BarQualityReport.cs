using QuantDash.Core.Primitives;

namespace QuantDash.Core.Markets.History.Quality;

/// <summary>A stored bar that cannot be, or hardly can.</summary>
public sealed record BarFault(DateOnly TradingDay, long Start, Problem Problem);

/// <summary>Trading days whose bars should be imported again, and why.</summary>
/// <param name="Reasons">Codes of faults, and <c>gap</c>.</param>
public sealed record BarRepair(DateOnly From, DateOnly To, int MissingBars, IReadOnlyList<string> Reasons);

/// <summary>What is missing from a series and what is wrong in it.</summary>
public sealed record BarQualityReport
{
    public required BarKey Key { get; init; }
    public required int Bars { get; init; }

    /// <summary>False: nobody knows when the symbol trades, so only days can be missed, and they are not counted.</summary>
    public required bool SessionsKnown { get; init; }

    /// <summary>How many bars there should be between the first and the last one; null when sessions are unknown.</summary>
    public required int? Expected { get; init; }

    /// <summary>In order of time.</summary>
    public required IReadOnlyList<BarGap> Gaps { get; init; }

    /// <summary>In order of time.</summary>
    public required IReadOnlyList<BarFault> Faults { get; init; }

    /// <summary>Bars at times at which no session of today's plan is held.</summary>
    public required int OutsideSessions { get; init; }

    /// <summary>What to import again, in order of time.</summary>
    public required IReadOnlyList<BarRepair> Repairs { get; init; }

    /// <summary>Without the gaps that are probably holidays.</summary>
    public int Missing => Gaps.Where(gap => gap.Kind != BarGapKind.UnknownCalendar).Sum(gap => gap.MissingBars);

    public bool IsGood => Missing == 0 && Faults.Count == 0;
}
