using System.Globalization;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;

namespace QuantDash.Tests.Core.Locking;

/// <summary>Runs one scenario on the board and on the naive board side by side.</summary>
internal sealed class BoardComparison
{
    private readonly Contract _contract;
    private readonly TriggerBoard _board = new();
    private readonly NaiveBoard _naive;
    private readonly List<Firing> _firings = [];
    private readonly Dictionary<Guid, ArmedRule> _rules = [];

    private BoardComparison(Contract contract)
    {
        _contract = contract;
        _naive = new NaiveBoard(contract);
    }

    /// <summary>How often rules fired over all comparisons of this thread: a property that never fires proves nothing.</summary>
    [ThreadStatic]
    private static long _fired;

    public static long Fired => _fired;

    /// <summary>Where the two first disagree; null: nowhere.</summary>
    public static string? Difference(BoardScenario scenario)
    {
        var comparison = new BoardComparison(scenario.Contract);
        for (var i = 0; i < scenario.Events.Count; i++)
        {
            if (comparison.Play(scenario.Events[i]) is { } difference) return string.Create(CultureInfo.InvariantCulture, $"event {i}: {difference}");
        }
        return comparison.DifferentState();
    }

    private string? Play(BoardEvent happened)
    {
        switch (happened)
        {
            case BoardEvent.Armed(var rule):
                _rules[rule.Rule.Id] = rule;
                _board.Arm(rule.Compile(_contract));
                _naive.Arm(rule);
                return null;
            case BoardEvent.Disarmed(var id):
                _board.Disarm(id);
                _naive.Disarm(id);
                return null;
            case BoardEvent.Decayed(var id, var threshold):
                if (!_rules.TryGetValue(id, out var decaying)) return null; // shrunk away
                _rules[id] = decaying.After(threshold);
                _board.MoveProfit(id, _rules[id].Compile(_contract).ProfitLevel);
                _naive.Decay(id, threshold);
                return null;
            case BoardEvent.Ranged(var id, var distance):
                if (!_rules.TryGetValue(id, out var ranged)) return null; // shrunk away
                _rules[id] = ranged.Trailing(distance);
                if (_rules[id].Compile(_contract).Trailing is { DistanceTicks: { } ticks }) _board.MoveTrailing(id, ticks, _board.TrailingLevelOf(id));
                _naive.Range(id, distance);
                return null;
            case BoardEvent.Ticked(var tick):
                return Compare(tick);
            default:
                throw new ArgumentOutOfRangeException(nameof(happened));
        }
    }

    private string? Compare(in Tick tick)
    {
        _firings.Clear();
        _board.OnTick(tick, _firings);
        var expected = _naive.OnTick(tick);
        _fired += expected.Count;
        if (expected.Count != _firings.Count) return $"{Text(_firings.Select(InPrices))} instead of {Text(expected)}";
        for (var i = 0; i < expected.Count; i++)
        {
            var actual = InPrices(_firings[i]);
            if (actual != expected[i] with { Sequence = 0 }) return $"firing {i} is {actual} instead of {expected[i]}";
        }
        return null;
    }

    private string? DifferentState()
    {
        foreach (var id in _rules.Keys)
        {
            if (_board.IsArmed(id) != _naive.IsArmed(id)) return $"at the end {id:N} is {(_board.IsArmed(id) ? "armed" : "not armed")}";
            decimal? best = _board.BestOf(id) is { } ticks ? ticks * _contract.PriceTick : null;
            if (best != _naive.BestOf(id)) return $"at the end the best price of {id:N} is {best} instead of {_naive.BestOf(id)}";
        }
        return null;
    }

    private NaiveFiring InPrices(Firing firing) => new(
        firing.RuleId, firing.Kind, firing.PriceTicks * _contract.PriceTick, firing.Kind == ConditionKind.Trailing ? firing.BestTicks * _contract.PriceTick : null);

    private static string Text(IEnumerable<NaiveFiring> firings) => "[" + string.Join(", ", firings) + "]";
}
