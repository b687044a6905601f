using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Ui.Trading;

/// <summary>A lock rule, ready to draw in a list.</summary>
public sealed record RuleRow
{
    /// <summary>A rule this far from firing has an empty bar.</summary>
    private const decimal FarAway = 0.03m;

    public required Guid Id { get; init; }
    public required string Symbol { get; init; }
    public required string Name { get; init; }
    public required Side Direction { get; init; }

    /// <summary>Locks, reduces, or unlocks.</summary>
    public required LockAction Action { get; init; }
    public required ArmState State { get; init; }
    public string? Why { get; init; }
    public required bool IsEnabled { get; init; }
    public required bool AutoExecute { get; init; }
    public required bool Shadow { get; init; }

    /// <summary>Share of the leg its nearest condition locks.</summary>
    public required decimal Ratio { get; init; }
    public required decimal DoneVolume { get; init; }
    public required ValueList<ConditionRow> Conditions { get; init; }

    /// <summary>The live condition nearest to firing, else the first that is set.</summary>
    public required ConditionRow? Nearest { get; init; }
    public string? Note { get; init; }

    /// <summary>Could it act now? Null while it is not armed or its leg is not there.</summary>
    public ReadinessState? Readiness { get; init; }

    /// <summary>The worst of what stands in its way.</summary>
    public string? ReadinessWhy { get; init; }

    /// <summary>Contract, name or note contain the words.</summary>
    public bool IsAbout(string words) =>
        Symbol.Contains(words, StringComparison.OrdinalIgnoreCase) || Name.Contains(words, StringComparison.OrdinalIgnoreCase)
        || (Note?.Contains(words, StringComparison.OrdinalIgnoreCase) ?? false);

    public bool IsWatched => State == ArmState.Armed && Nearest is { Watched: true };

    /// <summary>0 far away to 1 at the level.</summary>
    public decimal Closeness => Nearest?.DistanceRatio is { } ratio ? Math.Clamp(1m - (ratio / FarAway), 0m, 1m) : 0m;

    public static RuleRow From(RuleView view, EngineSnapshot snapshot, RuleReadiness? readiness = null)
    {
        var rule = view.Rule;
        var contract = snapshot.ContractOf(rule.Symbol);
        var conditions = new ValueList<ConditionRow>(view.Conditions.Where(c => c.Live || c.Target is not null).Select(c => ConditionRow.From(c, rule, contract)));
        var nearest = conditions.Where(c => c.Watched).OrderBy(c => c.DistanceTicks ?? long.MaxValue).FirstOrDefault()
            ?? conditions.FirstOrDefault(c => c.Live) ?? (conditions.Count > 0 ? conditions[0] : null);
        return new()
        {
            Id = rule.Id,
            Symbol = rule.Symbol.ToString(),
            Name = contract?.NameOf() ?? "",
            Direction = rule.Direction,
            Action = rule.Action,
            State = view.State.State,
            Why = rule.DisabledReason ?? view.State.Why,
            IsEnabled = rule.IsEnabled,
            AutoExecute = rule.AutoExecute,
            Shadow = rule.Shadow,
            Ratio = (nearest?.Kind == ConditionKind.Stop ? rule.StopLockRatio : rule.ProfitLockRatio).Value,
            DoneVolume = view.State.DoneVolume.Value,
            Conditions = conditions,
            Nearest = nearest,
            Note = rule.Note,
            Readiness = readiness?.Worst,
            ReadinessWhy = readiness?.Findings.MaxBy(finding => finding.State)?.Why,
        };
    }

    /// <summary>Rules of an account, nearest to firing first, those that watch nothing last.</summary>
    public static IReadOnlyList<RuleRow> List(EngineSnapshot snapshot, AccountId account, IReadOnlyList<RuleRow> previous, IReadOnlyDictionary<Guid, RuleReadiness>? readiness = null) =>
        RowReuse.Keep(
            previous,
            snapshot.Rules.Where(r => r.Rule.AccountId == account).Select(r => From(r, snapshot, readiness?.GetValueOrDefault(r.Rule.Id)))
                .OrderBy(r => !r.IsWatched).ThenBy(r => r.Nearest?.DistanceRatio ?? decimal.MaxValue).ThenBy(r => r.Symbol, StringComparer.Ordinal).ThenBy(r => r.Id),
            r => r.Id);
}
