using QuantDash.Core.Backtesting;
using QuantDash.Core.Backtesting.Locks;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Locks.Backtests;

/// <summary>What is typed into the form of a lock backtest.</summary>
public sealed class LockBacktestDraft
{
    public LockQuestion Question { get; set; }

    /// <summary><see cref="StoredPrices.Key"/> of what is played.</summary>
    public string Prices { get; set; } = "";
    public DateOnly? From { get; set; }
    public DateOnly? To { get; set; }
    public BarPath Path { get; set; }
    public int? SpreadTicks { get; set; } = 1;

    /// <summary>Entered at the first tick with <see cref="Lots"/>; else as it is held now.</summary>
    public bool AtFirstTick { get; set; }
    public decimal? Lots { get; set; }

    /// <summary>Null: as the account has it.</summary>
    public decimal? Cash { get; set; }

    /// <summary>Null: nobody confirms.</summary>
    public int? ConfirmAfterSeconds { get; set; }

    /// <summary>The other enabled rules of the leg run beside it.</summary>
    public bool Beside { get; set; }

    /// <summary>Values of a changed rule, by what they are of.</summary>
    public Dictionary<LockParameter, decimal?> Changes { get; } = [];
    public LockAxisDraft X { get; } = new();
    public LockAxisDraft Y { get; } = new();
    public bool TwoAxes { get; set; }

    /// <summary>The ask, or what is wrong with it by the API's names.</summary>
    public Outcome<LockBacktestAsk> Build(LockRule rule, Contract? contract, IReadOnlyList<StoredPrices> stored, IReadOnlyList<LockRule> others)
    {
        List<Problem> problems = [];
        if (stored.FirstOrDefault(one => one.Key == Prices) is not { } prices) return Outcome<LockBacktestAsk>.Failure("source", "lock_backtest_no_ticks", rule.Symbol);
        if (From > To) problems.Add(new("to", "lock_backtest_backwards", From, To));
        if (AtFirstTick && Lots is not > 0) problems.Add(Lots is null ? new("volume", "required") : new("volume", "not_positive", Lots));
        if (AtFirstTick && contract is not null && Lots % contract.VolumeStep is not (null or 0)) problems.Add(new("volume", "off_step", Lots, contract.VolumeStep));
        if (Cash is <= 0) problems.Add(new("cash", "not_positive", Cash));
        if (ConfirmAfterSeconds is < 0 or > LockBacktestReader.LongestWait) problems.Add(new("confirm_after", "out_of_range", 0, LockBacktestReader.LongestWait, ConfirmAfterSeconds));
        if (SpreadTicks is null or < 0 or > BarTicks.MostSpreadTicks) problems.Add(new("spread_ticks", "out_of_range", 0, BarTicks.MostSpreadTicks, SpreadTicks));
        var changed = Question == LockQuestion.Change ? Changed(rule) : null;
        if (changed is not null) problems.AddRange(LockRuleValidation.Check(changed, contract, DateTimeOffset.MinValue));
        var x = Question == LockQuestion.Sweep ? X.Build("x", problems) : null;
        var y = Question == LockQuestion.Sweep && TwoAxes ? Y.Build("y", problems) : null;
        return problems.Count > 0 ? Outcome<LockBacktestAsk>.Failure(problems) : Outcome<LockBacktestAsk>.Success(new()
        {
            Question = Question,
            Rule = rule,
            Beside = Beside ? others : [],
            Changed = changed,
            Source = prices.Source,
            Bars = prices.Bars,
            From = From,
            To = To,
            Path = Path,
            SpreadTicks = SpreadTicks!.Value,
            AtFirstTick = AtFirstTick,
            Volume = AtFirstTick ? new Volume(Lots!.Value) : null,
            Cash = Cash,
            ConfirmAfterSeconds = ConfirmAfterSeconds,
            X = x,
            Y = y,
        });
    }

    /// <summary>Takes the values of a rule, as the ones to be changed and as those that a sweep goes around.</summary>
    public void TakeFrom(LockRule rule)
    {
        Changes.Clear();
        foreach (var parameter in Enum.GetValues<LockParameter>()) Changes[parameter] = ValueOf(rule, parameter);
        X.TakeFrom(rule, First(rule));
        Y.TakeFrom(rule, X.Parameter == LockParameter.StopLossPrice ? LockParameter.LockRatio : LockParameter.StopLossPrice);
    }

    /// <summary>What of a rule a parameter is; null: it has none.</summary>
    public static decimal? ValueOf(LockRule rule, LockParameter parameter) => parameter switch
    {
        LockParameter.ProfitThreshold => RuleConditions.HasProfit(rule) ? rule.ProfitLockThreshold : null,
        LockParameter.TriggerPrice => RuleConditions.HasPrice(rule) ? rule.TriggerPrice?.Value : null,
        LockParameter.StopLossPrice => rule.StopLossPrice?.Value,
        LockParameter.TrailingDistance => RuleConditions.HasTrailing(rule) ? rule.TrailingDistance : null,
        LockParameter.LockRatio => rule.ProfitLockRatio.Value,
        LockParameter.ConfirmTicks => rule.ConfirmTicks,
        _ => throw new InvalidOperationException($"Unknown parameter {parameter}."),
    };

    private LockRule Changed(LockRule rule)
    {
        foreach (var (parameter, value) in Changes)
        {
            if (value is { } other && other != ValueOf(rule, parameter)) rule = new LockSweepPoint(parameter, other, null, null).On(rule);
        }
        return rule;
    }

    private static LockParameter First(LockRule rule) =>
        RuleConditions.HasProfit(rule) ? LockParameter.ProfitThreshold
        : RuleConditions.HasTrailing(rule) ? LockParameter.TrailingDistance
        : RuleConditions.HasPrice(rule) ? LockParameter.TriggerPrice
        : RuleConditions.HasStop(rule) ? LockParameter.StopLossPrice : LockParameter.LockRatio;
}

/// <summary>One axis as it is typed.</summary>
public sealed class LockAxisDraft
{
    private const int UsualCount = 7;

    public LockParameter Parameter { get; set; }
    public decimal? From { get; set; }
    public decimal? To { get; set; }
    public int? Count { get; set; } = UsualCount;

    /// <summary>Around what the rule has: half of it to half as much again, prices by one percent.</summary>
    public void TakeFrom(LockRule rule, LockParameter parameter)
    {
        Parameter = parameter;
        var (value, reach) = (LockBacktestDraft.ValueOf(rule, parameter), parameter is LockParameter.TriggerPrice or LockParameter.StopLossPrice ? 0.01m : 0.5m);
        (From, To) = parameter switch
        {
            LockParameter.LockRatio => ((decimal?)0.25m, (decimal?)1m),
            LockParameter.ConfirmTicks => (1m, 7m),
            _ => value is { } middle ? (decimal.Round(middle * (1 - reach), 4), decimal.Round(middle * (1 + reach), 4)) : (null, null),
        };
        Count = parameter == LockParameter.LockRatio ? 4 : UsualCount;
    }

    internal LockAxisAsk? Build(string name, List<Problem> problems)
    {
        if (From is null) problems.Add(new($"{name}.from", "required"));
        if (To is null) problems.Add(new($"{name}.to", "required"));
        if (Count is null) problems.Add(new($"{name}.count", "required"));
        if (From is not { } from || To is not { } to || Count is not { } count) return null;
        var axis = new LockAxisAsk(Parameter, from, to, count);
        problems.AddRange(LockBacktestReader.Check(axis, name));
        return axis;
    }
}
