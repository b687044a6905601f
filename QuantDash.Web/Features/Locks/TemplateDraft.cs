using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Locks;

/// <summary>A template as it is typed: a rule's form whose prices are ticks from the average open price, and whose profits are for one lot.</summary>
public sealed class TemplateDraft
{
    /// <summary>Null for a new one.</summary>
    public Guid? Id { get; init; }
    public string? Name { get; set; }
    public required RuleDraft Terms { get; init; }

    public static TemplateDraft New() => new() { Terms = new() { AccountId = default, UseProfit = true } };

    /// <param name="template">What is changed.</param>
    /// <param name="name">As its reader calls it.</param>
    /// <param name="copy">Makes another one of it.</param>
    public static TemplateDraft Of(LockTemplate template, string name, bool copy)
    {
        var (terms, options) = (template.Terms, template.Terms.Options);
        var blank = new LockRule { Id = template.Id, AccountId = default, Symbol = default, Direction = Side.Long, TriggerType = terms.StagesByProfit ? TriggerType.Profit : TriggerType.Price, CreatedAt = template.UpdatedAt, UpdatedAt = template.UpdatedAt };
        var rule = options.On(blank with { AutoExecute = terms.AutoExecute, Also = options.TriggerTime is null ? [] : [TriggerType.Time], Stages = [.. terms.Stages.Select(s => new LadderStage(s.Points, new(s.Ratio)))] });
        var draft = RuleDraft.Of(rule) with
        {
            Id = null, Origin = null,
            UseProfit = terms.ProfitPerLot is not null, ProfitThreshold = terms.ProfitPerLot, DecayFloor = terms.DecayFloorPerLot,
            UsePrice = terms.TargetTicks is not null, TriggerPrice = terms.TargetTicks,
            UseStop = terms.StopTicks is not null, StopPrice = terms.StopTicks,
            UseTrailing = terms.TrailingTicks is not null || options.TrailingDistance is not null,
            TrailingDistance = options.TrailingMode switch { TrailingMode.Price => terms.TrailingTicks, TrailingMode.Ratio => options.TrailingDistance * 100m, _ => options.TrailingDistance },
            TrailingActivation = terms.TrailingActivationTicks,
            RatioPercent = terms.Ratio * 100m,
        };
        return new() { Id = copy ? null : template.Id, Name = name, Terms = draft };
    }

    /// <summary>The template, or everything that is wrong with it by the names of the HTTP fields.</summary>
    public Outcome<LockTemplate> Build(Guid newId, DateTimeOffset now)
    {
        var problems = new List<Problem>();
        var priced = Terms is { UseTrailing: true, TrailingMode: TrailingMode.Price };
        Require(problems, "profit_per_lot", Terms.UseProfit && !Stepped(TriggerType.Profit), Terms.ProfitThreshold);
        Require(problems, "trailing_distance", Terms is { UseTrailing: true, TrailingMode: not TrailingMode.Price }, Terms.TrailingDistance);
        if (Terms.Time.Use && Terms.Time.Build() is null) problems.Add(new("trigger_time", "not_a_trigger_time", Terms.Time.Clock, TriggerTime.MostMinutesBeforeClose, TriggerTime.MostMinutesHeld));
        Terms.Ladder.Unit = LadderUnit.Level;
        var stages = Terms.Ladder.Build(Side.Long, null, null, problems);
        var pattern = RuleDraftCheck.Pattern(Terms, now);
        var template = new LockTemplate
        {
            Id = Id ?? newId, Name = Name?.Trim() ?? "", UpdatedAt = now,
            Terms = new()
            {
                ProfitPerLot = Terms.UseProfit && !Stepped(TriggerType.Profit) ? Terms.ProfitThreshold : null,
                DecayFloorPerLot = pattern.DecayFloor,
                TargetTicks = Ticks(problems, "target_ticks", Terms.UsePrice && !Stepped(TriggerType.Price), Terms.TriggerPrice),
                StopTicks = Ticks(problems, "stop_ticks", Terms.UseStop, Terms.StopPrice),
                TrailingTicks = Ticks(problems, "trailing_ticks", priced, Terms.TrailingDistance),
                TrailingActivationTicks = Ticks(problems, "trailing_activation_ticks", Terms is { UseTrailing: true, TrailingActivation: not null }, Terms.TrailingActivation),
                Ratio = pattern.ProfitLockRatio.Value,
                Stages = [.. stages.Select(s => new TemplateStage(s.Level, s.Ratio.Value))],
                StagesByProfit = stages.Count > 0 && Terms.Ladder.By == TriggerType.Profit,
                AutoExecute = Terms.AutoExecute,
                Options = TemplateOptions.Of(pattern) with
                {
                    TriggerTime = pattern.TriggerTime?.ToString(), TrailingDistance = priced ? null : pattern.TrailingDistance,
                    TrailingMode = Terms.UseTrailing ? Terms.TrailingMode : TrailingMode.Price, MinOneLot = stages.Count > 0 ? Terms.Ladder.MinOneLot : null,
                },
            },
        };

        // A condition whose number is wrong is no missing condition.
        problems.AddRange(template.Check().Where(p => !problems.Exists(known => known.Field == p.Field) && (p.Field != "terms" || problems.Count == 0)).ToList());
        return problems.Count > 0 ? Outcome<LockTemplate>.Failure(problems) : Outcome<LockTemplate>.Success(template);
    }

    private bool Stepped(TriggerType type) => Terms.Ladder.Use && Terms.Ladder.By == type;

    private static void Require(List<Problem> problems, string field, bool used, decimal? value)
    {
        if (used && value is null) problems.Add(new(field, "required"));
    }

    /// <summary>Null where it is not used or no number of ticks; then <paramref name="problems"/> says so.</summary>
    private static int? Ticks(List<Problem> problems, string field, bool used, decimal? value)
    {
        Require(problems, field, used, value);
        if (!used || value is not { } ticks) return null;
        if (ticks != decimal.Truncate(ticks)) problems.Add(new(field, "not_an_integer", ticks));
        else if (ticks is < 1 or > LockTemplate.MostTicks) problems.Add(new(field, "out_of_range", 1, LockTemplate.MostTicks, ticks));
        else return (int)ticks;
        return null;
    }
}
