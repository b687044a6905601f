using QuantDash.Core.Primitives;

namespace QuantDash.Core.Locking;

/// <summary>One stage of a template's ladder.</summary>
/// <param name="Points">In the leg's favour from its average open price, in price units; in a ladder of profit, profit per lot.</param>
/// <param name="Ratio">Share of the leg, (0, 1].</param>
public sealed record TemplateStage(decimal Points, decimal Ratio);

/// <summary>Terms of a rule that mean the same for any leg: distances from its average open price, money per lot. Null: that condition is not set.</summary>
public sealed record TemplateTerms
{
    /// <summary>Floating profit per lot in account currency.</summary>
    public decimal? ProfitPerLot { get; init; }

    /// <summary>Ticks in the leg's favour from its average open price.</summary>
    public int? TargetTicks { get; init; }

    /// <summary>Ticks against the leg from its average open price.</summary>
    public int? StopTicks { get; init; }

    /// <summary>Distance of the trailing stop in ticks.</summary>
    public int? TrailingTicks { get; init; }

    /// <summary>Share of the leg to lock, (0, 1]; a stop takes the whole leg.</summary>
    public decimal Ratio { get; init; } = 1m;

    /// <summary>Nearest first; they stand in place of <see cref="TargetTicks"/>. Empty: no ladder.</summary>
    public IReadOnlyList<TemplateStage> Stages { get; init; } = [];
    /// <summary>Whether <see cref="Stages"/> stand in place of <see cref="ProfitPerLot"/> instead.</summary>
    public bool StagesByProfit { get; init; }

    /// <summary>Ticks in the leg's favour at which trailing wakes up; null: at once.</summary>
    public int? TrailingActivationTicks { get; init; }

    /// <summary>Where a decaying profit per lot ends.</summary>
    public decimal? DecayFloorPerLot { get; init; }
    public bool AutoExecute { get; init; }
    public TemplateOptions Options { get; init; } = new();

    public bool IsEmpty => ProfitPerLot is null && TargetTicks is null && StopTicks is null && !IsTrailing && Stages.Count == 0 && Options.TriggerTime is null;

    internal bool IsTrailing => (Options.TrailingMode == TrailingMode.Price ? TrailingTicks : Options.TrailingDistance) is not null;
}

/// <summary>A named set of terms (table <c>lock_templates</c>).</summary>
public sealed record LockTemplate
{
    public const int LongestName = 60;
    public const int MostTicks = 1_000_000;

    public required Guid Id { get; init; }

    /// <summary>1 to <see cref="LongestName"/> characters.</summary>
    public required string Name { get; init; }
    public required TemplateTerms Terms { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>What is wrong with it; empty when it can be kept.</summary>
    public IReadOnlyList<Problem> Check()
    {
        var problems = new List<Problem>();
        if (string.IsNullOrWhiteSpace(Name)) problems.Add(new("name", "required"));
        else if (Name.Length > LongestName) problems.Add(new("name", "too_long", LongestName, Name.Length));
        if (Terms.IsEmpty) problems.Add(new("terms", "template_empty"));
        LockRuleValidation.CheckRange("target_ticks", Terms.TargetTicks, 1, MostTicks, problems);
        LockRuleValidation.CheckRange("stop_ticks", Terms.StopTicks, 1, MostTicks, problems);
        LockRuleValidation.CheckRange("trailing_ticks", Terms.TrailingTicks, 1, MostTicks, problems);
        LockRuleValidation.CheckRange("trailing_activation_ticks", Terms.TrailingActivationTicks, 1, MostTicks, problems);
        if (Terms.Options.TriggerTime is { } time && TriggerTime.TryParse(time) is null) problems.Add(new("trigger_time", "not_a_trigger_time", time, TriggerTime.MostMinutesBeforeClose, TriggerTime.MostMinutesHeld));
        if (Terms.Options.Action == LockAction.Unlock) problems.Add(new("action", "not_in_template"));
        problems.AddRange(LockRuleValidation.Check(TemplateRules.Pattern(this), null, UpdatedAt).Select(p => p with { Field = NameOf(p.Field) }));
        return problems;
    }

    /// <summary>What a term is called here that a rule counts otherwise.</summary>
    private static string NameOf(string field) => field switch
    {
        "profit_lock_threshold" => "profit_per_lot",
        "profit_lock_ratio" => "ratio",
        "decay_floor" => "decay_floor_per_lot",
        _ => field,
    };
}

/// <summary>The templates people keep, by name.</summary>
public interface ILockTemplates
{
    Task<IReadOnlyList<LockTemplate>> ListAsync(CancellationToken stop = default);

    /// <summary>Adds it, or replaces the one with its id.</summary>
    Task SaveAsync(LockTemplate template, CancellationToken stop = default);

    /// <summary>False when there is none.</summary>
    Task<bool> DeleteAsync(Guid id, CancellationToken stop = default);
}
