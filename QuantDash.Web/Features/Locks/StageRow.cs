using QuantDash.Core.Engine;
using QuantDash.Core.Locking;

namespace QuantDash.Web.Features.Locks;

public enum StageState
{
    /// <summary>Spent.</summary>
    Done,

    /// <summary>A firing of it waits, works or has failed.</summary>
    Held,

    /// <summary>The level that is watched now.</summary>
    Next,

    /// <summary>Its turn comes after the next.</summary>
    Later,
}

/// <summary>One stage of a rule's ladder, ready to draw.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Level">Price or profit.</param>
/// <param name="Ratio">Share of the leg.</param>
/// <param name="Lots">What it locks of the leg as it was at the first stage, else as it is; null without a leg.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Status">What its firing does, while it is held.</param>
public sealed record StageRow(int Number, decimal Level, decimal Ratio, decimal? Lots, StageState State, TriggerStatus? Status)
{
    /// <summary>Empty for a rule without a ladder.</summary>
    public static IReadOnlyList<StageRow> List(RuleView view, EngineSnapshot snapshot)
    {
        var (rule, state) = (view.Rule, view.State);
        if (rule.Stages.Count == 0) return [];
        var held = snapshot.Triggers.FirstOrDefault(t => t.ConfigId == rule.Id && t.Stage > state.StagesDone && (t.IsOpen || t.Status == TriggerStatus.Failed));
        var position = snapshot.Accounts.FirstOrDefault(a => a.Account.Id == rule.AccountId)?.Positions.FirstOrDefault(p => p.Contract.Symbol == rule.Symbol);
        var leg = rule.Direction == Core.Primitives.Side.Long ? position?.Long : position?.Short;
        var basis = state.BaseVolume.IsZero ? leg?.Volume ?? default : state.BaseVolume;
        var rows = new List<StageRow>(rule.Stages.Count);
        for (var i = 0; i < rule.Stages.Count; i++)
        {
            decimal? lots = position is null || basis.IsZero ? null
                : (Ladder.Target(rule, i + 1, basis, position.Contract.VolumeStep) - Ladder.Target(rule, i, basis, position.Contract.VolumeStep)).Value;
            var inHand = held is not null && i < held.Stage;
            var where = i < state.StagesDone ? StageState.Done : inHand ? StageState.Held : i == Math.Max(state.StagesDone, held?.Stage ?? 0) ? StageState.Next : StageState.Later;
            rows.Add(new(i + 1, rule.Stages[i].Level, rule.Stages[i].Ratio.Value, lots, where, where == StageState.Held ? held!.Status : null));
        }

        return rows;
    }
}
