using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Locking;

/// <summary>The trigger board as DESIGN.md 6 and 6.1 put it, slow and obvious: on every tick every rule is looked at, in decimal prices, without levels.
/// What this says is right; <see cref="TriggerBoard"/> has to agree with it.</summary>
internal sealed class NaiveBoard(Contract contract)
{
    private readonly Dictionary<Guid, NaiveRule> _rules = [];
    private Tick _previous;
    private long _mark;

    /// <summary>What holds is looked at here, or, where it is armed for later, with its first tick: a threshold that decays in between changes nothing about it.</summary>
    public void Arm(ArmedRule rule)
    {
        var naive = _rules[rule.Rule.Id] = new NaiveRule(rule, contract);
        if (rule.ArmedAt <= _previous.OccurredAt) naive.Start(PriceBefore(rule.Rule));
    }

    public void Disarm(Guid ruleId) => _rules.Remove(ruleId);

    /// <summary>What agreed so far goes on counting.</summary>
    public void Decay(Guid ruleId, decimal threshold)
    {
        if (_rules.TryGetValue(ruleId, out var rule)) rule.Armed = rule.Armed.After(threshold);
    }

    /// <summary>The level that was reached is kept.</summary>
    public void Range(Guid ruleId, decimal distance)
    {
        if (_rules.TryGetValue(ruleId, out var rule)) rule.Range(distance);
    }

    public bool IsArmed(Guid ruleId) => _rules.ContainsKey(ruleId);

    /// <summary>The best price of an awake trailing condition.</summary>
    public decimal? BestOf(Guid ruleId) => _rules.TryGetValue(ruleId, out var rule) ? rule.Best : null;

    public List<NaiveFiring> OnTick(in Tick tick)
    {
        var firings = new List<NaiveFiring>();
        foreach (var rule in _rules.Values)
        {
            if (tick.OccurredAt < rule.Armed.ArmedAt) continue;
            rule.Start(PriceBefore(rule.Armed.Rule));
            if (PriceFor(rule.Armed.Rule, tick) is not { } price) continue;
            if (rule.Look(price) is { } kind) firings.Add(new(rule.Armed.Rule.Id, kind, price, kind == ConditionKind.Trailing ? rule.Best : null, rule.Armed.Sequence));
        }
        foreach (var firing in firings) _rules.Remove(firing.RuleId);
        _previous = tick;
        if (tick.MarkTicks > 0) _mark = tick.MarkTicks;
        return [.. firings.OrderBy(firing => firing.Kind).ThenBy(firing => firing.Sequence)];
    }

    /// <summary>What was known when a rule starts: of the latest tick, and the latest mark of whatever tick.</summary>
    private decimal? PriceBefore(LockRule rule) => PriceFor(rule, _previous with { MarkTicks = _mark });

    /// <summary>Last, the side one would have to pay, or the mark; null when the tick does not have it.</summary>
    private decimal? PriceFor(LockRule rule, in Tick tick)
    {
        var ticks = rule.PriceSource == PriceSource.Last ? tick.LastTicks : rule.PriceSource == PriceSource.Mark ? tick.MarkTicks : rule.Direction == Side.Long ? tick.BidTicks : tick.AskTicks;
        return ticks == 0 ? null : ticks * contract.PriceTick;
    }
}

/// <summary>A firing in the words of the naive board: prices, not ticks.</summary>
internal sealed record NaiveFiring(Guid RuleId, ConditionKind Kind, decimal Price, decimal? Best, long Sequence = 0);

/// <summary>One rule on the naive board, with everything it has seen.</summary>
internal sealed class NaiveRule
{
    private readonly Contract _contract;
    private readonly Dictionary<ConditionKind, int> _agreeing = [];
    private readonly HashSet<ConditionKind> _waitingForFalse = [];
    private bool _isStarted;

    public NaiveRule(ArmedRule armed, Contract contract)
    {
        Armed = armed;
        _contract = contract;
        Awake = armed.Awake || armed.Rule.TrailingActivation is null;
        Best = Awake && HasTrailing ? armed.Best?.Value : null;
    }

    public ArmedRule Armed { get; set; }
    public bool Awake { get; private set; }
    public decimal? Best { get; private set; }

    /// <summary>The best level so far, each time the distance changed.</summary>
    private decimal? Floor { get; set; }

    private LockRule Rule => Armed.Rule;
    private bool IsLong => Rule.Direction == Side.Long;

    /// <summary>Once: what holds at the latest price has to be false first. Where nobody knows that price, a gain has to be,
    /// a stop or trailing condition does not: nobody may sleep through a fall.</summary>
    public void Start(decimal? previousPrice)
    {
        if (_isStarted) return;
        _isStarted = true;
        if (!Armed.AwaitFalse) return;
        foreach (var kind in Enum.GetValues<ConditionKind>())
        {
            var isGain = kind is ConditionKind.Profit or ConditionKind.Price;
            if (previousPrice is { } price ? Holds(kind, price) : isGain) _waitingForFalse.Add(kind);
        }
    }

    public void Range(decimal distance)
    {
        if (Rule.TrailingMode != TrailingMode.Price || Rule.TrailingDistance is not { } before) return;
        if (Best is { } best)
        {
            var level = IsLong ? best - before : best + before;
            Floor = Floor is not { } floor ? level : IsLong ? Math.Max(floor, level) : Math.Min(floor, level);
        }
        Armed = Armed.Trailing(distance);
    }

    /// <summary>The first condition, in the order of precedence, that held on enough ticks in a row.</summary>
    public ConditionKind? Look(decimal price)
    {
        FollowBest(price);
        ConditionKind? first = null;
        foreach (var kind in new[] { ConditionKind.Stop, ConditionKind.Trailing, ConditionKind.Profit, ConditionKind.Price })
        {
            var holds = Holds(kind, price);
            if (!holds) _waitingForFalse.Remove(kind);
            _agreeing[kind] = holds && !_waitingForFalse.Contains(kind) ? _agreeing.GetValueOrDefault(kind) + 1 : 0;
            if (_agreeing[kind] >= Rule.ConfirmTicks) first ??= kind;
        }
        return first;
    }

    private void FollowBest(decimal price)
    {
        if (!HasTrailing) return;
        if (!Awake && Rule.TrailingActivation is { } activation) Awake = IsLong ? price >= activation.Value : price <= activation.Value;
        if (!Awake) return;
        Best = Best is not { } best ? price : IsLong ? Math.Max(best, price) : Math.Min(best, price);
    }

    private bool Holds(ConditionKind kind, decimal price) => kind switch
    {
        ConditionKind.Stop => Rule.StopLossPrice is { } stop && (IsLong ? price <= stop.Value : price >= stop.Value),
        ConditionKind.Trailing => HasTrailing && Awake && Best is { } best && FellBack(best, price),
        ConditionKind.Profit => HasProfit && FloatingPnl(price) >= Rule.ProfitLockThreshold,
        ConditionKind.Time => false, // no price decides it
        ConditionKind.Price => IsNamed(TriggerType.Price) && Rule.TriggerPrice is { } target && (IsLong ? price >= target.Value : price <= target.Value),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private bool HasTrailing => IsNamed(TriggerType.Trailing) && Rule.TrailingStop && Rule.TrailingDistance is not null;
    private bool HasProfit => IsNamed(TriggerType.Profit) && Rule.ProfitLockEnabled && Rule.ProfitLockThreshold is not null;

    private bool IsNamed(TriggerType type) => Rule.TriggerType == type || Rule.Also.Contains(type);

    private bool FellBack(decimal best, decimal price)
    {
        var given = Rule.TrailingDistance.GetValueOrDefault();
        var distance = Rule.TrailingMode == TrailingMode.Ratio ? best * given : given;
        return IsLong ? price <= best - distance || price <= Floor : price >= best + distance || price >= Floor;
    }

    /// <summary>逐笔: (price − open price) × volume × multiplier over the lots that no lock holds.</summary>
    private decimal? FloatingPnl(decimal price)
    {
        if (Armed.Leg.FreeCost is not { } cost || Armed.Leg.FreeVolume.IsZero) return null;
        var gained = (price * Armed.Leg.FreeVolume.Value) - cost;
        return (IsLong ? gained : -gained) * _contract.Multiplier;
    }
}
