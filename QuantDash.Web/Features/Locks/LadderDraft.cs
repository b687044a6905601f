using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Locks;

/// <summary>How the levels of a ladder are typed.</summary>
public enum LadderUnit
{
    /// <summary>As they are: a price, or money for a profit ladder.</summary>
    Level,

    /// <summary>Points in the leg's favour from its average open price.</summary>
    Points,

    /// <summary>Ticks in the leg's favour from its average open price.</summary>
    Ticks,
}

/// <summary>One line of the ladder as typed: a level in the ladder's unit, and percent of the leg.</summary>
public sealed class StageDraft
{
    public decimal? Level { get; set; }
    public decimal? Percent { get; set; }
}

/// <summary>A ladder as it is typed: it stands in place of the one level and the one share of its condition.</summary>
public sealed class LadderDraft
{
    public bool Use { get; set; }

    /// <summary>Price or profit.</summary>
    public TriggerType By { get; set; } = TriggerType.Price;
    public LadderUnit Unit { get; set; }
    public bool MinOneLot { get; set; }
    public List<StageDraft> Stages { get; } = [];

    /// <summary>Profit is money whatever was chosen for prices.</summary>
    public LadderUnit UnitInUse => By == TriggerType.Price ? Unit : LadderUnit.Level;

    public decimal PercentSum => Stages.Sum(stage => stage.Percent ?? 0m);

    public static LadderDraft Of(LockRule rule)
    {
        var draft = new LadderDraft { Use = rule.Stages.Count > 0, By = rule.TriggerType == TriggerType.Profit ? TriggerType.Profit : TriggerType.Price, MinOneLot = rule.MinOneLot ?? false };
        draft.Stages.AddRange(rule.Stages.Select(stage => new StageDraft { Level = stage.Level, Percent = stage.Ratio.Value * 100m }));
        return draft;
    }

    /// <summary>Switches the ladder on with three lines to fill in, or off; what was typed stays.</summary>
    public void Switch(bool on)
    {
        Use = on;
        if (on && Stages.Count == 0) Stages.AddRange([new() { Percent = 30m }, new() { Percent = 30m }, new() { Percent = 40m }]);
    }

    /// <summary>The level a line means; null while it is not typed, or while the average open price it is counted from is unknown.</summary>
    public decimal? LevelOf(StageDraft stage, Side direction, Contract? contract, Price? average)
    {
        if (UnitInUse == LadderUnit.Level || stage.Level is not { } typed) return stage.Level;
        if (contract is null || average is not { } from) return null;
        var level = new Price(from.Value + (typed * direction.Sign() * (UnitInUse == LadderUnit.Ticks ? contract.PriceTick : 1m)));
        return contract.PriceAt(direction == Side.Long ? contract.TicksAtOrAbove(level) : contract.TicksAtOrBelow(level)).Value;
    }

    /// <summary>Levels typed in one unit stay where they are when another is chosen.</summary>
    public void Reckon(LadderUnit unit, Side direction, Contract? contract, Price? average)
    {
        foreach (var stage in Stages)
        {
            if (LevelOf(stage, direction, contract, average) is not { } level) continue;
            if (unit == LadderUnit.Level) stage.Level = level;
            else if (contract is not null && average is { } from) stage.Level = (level - from.Value) * direction.Sign() / (unit == LadderUnit.Ticks ? contract.PriceTick : 1m);
        }

        Unit = unit;
    }

    /// <summary>The stages as the rule has them; a line that is not whole is named in <paramref name="problems"/>.</summary>
    public IReadOnlyList<LadderStage> Build(Side direction, Contract? contract, Price? average, List<Problem> problems)
    {
        if (!Use) return [];
        if (Stages.Count == 0) problems.Add(new("stages", "required"));
        List<LadderStage> built = [];
        for (var i = 0; i < Stages.Count; i++)
        {
            var level = LevelOf(Stages[i], direction, contract, average);
            if (level is null) problems.Add(new($"stages[{i}].level", Stages[i].Level is null ? "required" : "average_unknown"));
            if (Stages[i].Percent is null) problems.Add(new($"stages[{i}].ratio", "required"));
            built.Add(new(level ?? 0m, Ratio.FromPercent(Stages[i].Percent ?? 100m)));
        }

        return built;
    }
}
