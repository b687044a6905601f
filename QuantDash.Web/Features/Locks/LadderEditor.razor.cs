using Microsoft.AspNetCore.Components;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Locks;

/// <summary>The lines of a ladder: level and share, what each comes to in price and lots, and what is left over.</summary>
public sealed partial class LadderEditor
{
    [Parameter, EditorRequired] public required LadderDraft Ladder { get; set; }
    [Parameter] public Side Direction { get; set; }
    [Parameter] public Contract? Contract { get; set; }

    /// <summary>Average open price of the leg; null when unknown, then levels are typed as they are.</summary>
    [Parameter] public Price? Average { get; set; }

    /// <summary>The leg as it is now.</summary>
    [Parameter] public Volume Leg { get; set; }

    /// <summary>What is wrong with a field, as a sentence; null when nothing is.</summary>
    [Parameter, EditorRequired] public required Func<string, string?> SentenceFor { get; set; }
    [Parameter] public EventCallback OnChanged { get; set; }

    /// <summary>Levels are for any leg: points from its average open price, or profit per lot.</summary>
    [Parameter] public bool Relative { get; set; }

    private string LevelHint => Relative ? Text[Ladder.By == TriggerType.Price ? "PointsHint" : "ProfitPerLot"] : Text[Ladder.UnitInUse switch { LadderUnit.Points => "PointsHint", LadderUnit.Ticks => "TicksHint", _ => Ladder.By == TriggerType.Price ? "TriggerPrice" : "ProfitThreshold" }];

    private string ComesTo(LadderLine line)
    {
        if (Relative) return "";
        var lots = line.Lots is { } count ? Words.Count("Lots", Figures.Volume(count)) : "";
        if (Ladder.UnitInUse == LadderUnit.Level) return lots;
        var level = $"{(Direction == Side.Long ? "≥" : "≤")} {Figures.Number(line.Level, Contract?.Places() ?? 2)}";
        return lots.Length == 0 ? level : $"{level} · {lots}";
    }

    private IEnumerable<string> Warnings(IReadOnlyList<LadderLine> lines)
    {
        if (Ladder.PercentSum is > 0m and < 100m) yield return Text["LadderLeaves", Figures.Percent(1m - (Ladder.PercentSum / 100m), 0)];
        for (var i = 0; i < lines.Count; i++)
        {
            if (!Relative && lines[i].Lots == 0 && !Ladder.MinOneLot) yield return Text.Count("StageWithoutLots", i + 1, Figures.Volume(Leg.Value));
        }
    }

    private Task Switch(ChangeEventArgs change)
    {
        Ladder.Switch(change.Value is true);
        return ChangedAsync();
    }

    private Task Reckon(ChangeEventArgs change)
    {
        if (Enum.TryParse<LadderUnit>(change.Value as string, out var unit)) Ladder.Reckon(unit, Direction, Contract, Average);
        return ChangedAsync();
    }

    private Task SetLevelAsync(StageDraft stage, decimal? level)
    {
        stage.Level = level;
        return ChangedAsync();
    }

    private Task SetShareAsync(StageDraft stage, decimal? percent)
    {
        stage.Percent = percent;
        return ChangedAsync();
    }

    private Task AddAsync()
    {
        Ladder.Stages.Add(new() { Percent = Ladder.PercentSum < 100m ? 100m - Ladder.PercentSum : null });
        return ChangedAsync();
    }

    private Task RemoveAsync(StageDraft stage)
    {
        Ladder.Stages.Remove(stage);
        return ChangedAsync();
    }

    private Task ChangedAsync() => OnChanged.InvokeAsync();
}
