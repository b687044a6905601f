using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Ui.Trading;

/// <summary>One condition of a rule, ready to draw: "profit 8,900 of 10,000", "price 2,812 → ≤ 2,800".</summary>
public sealed record ConditionRow
{
    public required ConditionKind Kind { get; init; }

    /// <summary>Compared with ≥; else with ≤.</summary>
    public required bool AtLeast { get; init; }
    public required bool Live { get; init; }
    public string? Why { get; init; }
    public decimal? Now { get; init; }
    public decimal? Target { get; init; }
    public decimal? Level { get; init; }
    public decimal? HighWater { get; init; }

    /// <summary>From when that is known; null without one.</summary>
    public HighWaterSince? HighWaterSince { get; init; }
    public long? DistanceTicks { get; init; }

    /// <summary>Distance as a fraction of the level.</summary>
    public decimal? DistanceRatio { get; init; }

    /// <summary>Decimals of its numbers: money for profit, ticks for prices.</summary>
    public required int Places { get; init; }
    public required int PricePlaces { get; init; }

    /// <summary>When a time condition acts, as it was written.</summary>
    public string? Time { get; init; }

    /// <summary>When it acts next.</summary>
    public DateTimeOffset? ActsAt { get; init; }

    /// <summary>A trailing distance given as a fraction of the high-water.</summary>
    public bool TargetIsRatio { get; init; }

    /// <summary>The bars whose average true range a trailing distance is a multiple of: "14 × 15m"; null for any other.</summary>
    public string? Bars { get; init; }

    /// <summary>Bars until that range is known; null: it is.</summary>
    public int? BarsMissing { get; init; }

    /// <summary>Evaluated on every tick.</summary>
    public bool Watched => Live && Why is null;

    public static ConditionRow From(ConditionView view, LockRule rule, Contract? contract)
    {
        var pricePlaces = contract?.Places() ?? 2;
        var profit = view.Kind == ConditionKind.Profit;
        return new()
        {
            Kind = view.Kind,
            AtLeast = profit || (rule.Direction == Side.Long) == (view.Kind == ConditionKind.Price),
            Live = view.Live,
            Why = view.Why,
            Now = view.Now is { } now ? decimal.Round(now, profit ? 0 : 8) : null,
            Target = view.Target,
            Level = view.Level?.Value,
            HighWater = view.HighWater?.Value,
            HighWaterSince = view.HighWaterSince,
            DistanceTicks = view.DistanceTicks,
            DistanceRatio = view is { DistanceTicks: { } ticks, Level.Value: > 0 } && contract is not null ? ticks * contract.PriceTick / view.Level.Value.Value : null,
            Time = view.Kind == ConditionKind.Time ? rule.TriggerTime?.ToString() : null,
            ActsAt = view.ActsAt,
            Places = profit ? 0 : pricePlaces,
            PricePlaces = pricePlaces,
            Bars = view.Kind == ConditionKind.Trailing && rule.TrailingMode == TrailingMode.Atr ? $"{rule.AtrPeriod} × {AtrTimeframes.Write(rule.AtrTimeframe)}" : null,
            BarsMissing = view.BarsMissing,
            TargetIsRatio = view.Kind == ConditionKind.Trailing && rule.TrailingMode == TrailingMode.Ratio,
        };
    }
}
