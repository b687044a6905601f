using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Problems;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Locks.Backtests;

/// <summary>锁仓回测: what a rule of the chosen account would have done over stored prices.</summary>
public sealed partial class LockBacktestPage
{
    private static readonly string[] Fields = ["from", "to", "volume", "cash", "confirm_after", "spread_ticks", "x.from", "x.to", "x.count", "y.from", "y.to", "y.count"];

    private readonly LockBacktestDraft _draft = new();
    private readonly CancellationTokenSource _leaving = new();
    private IReadOnlyList<LockRule> _rules = [];
    private IReadOnlyList<LockRule> _others = [];
    private IReadOnlyList<StoredPrices> _stored = [];
    private IReadOnlyList<Problem> _problems = [];
    private LockRule? _rule;
    private Volume _held;
    private LockBacktestStatus? _status;

    /// <summary>The rule that is asked about.</summary>
    [Parameter, SupplyParameterFromQuery(Name = "rule")] public string? RuleInAddress { get; set; }
    [Inject] public required ILockBacktestDesk Desk { get; init; }
    [Inject] public required TimeProvider Time { get; init; }

    protected override TimeSpan Pace => Paces.Funds;

    private bool IsRunning => _status is { IsOver: false };

    private IEnumerable<string> Elsewhere =>
    [
        .. _problems.Where(problem => !Fields.Contains(problem.Field)).Select(Sentence),
        .. _status is { State: LockBacktestState.Failed } failed ? failed.Problems.Select(Sentence).Concat(failed.Error is { } error ? [error] : []) : [],
    ];

    protected override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        _rules = account is null ? [] : [.. snapshot.Rules.Where(view => view.Rule.AccountId == account.Account.Id && !view.Rule.Unlocks).OrderBy(view => view.Rule.CreatedAt).Select(view => view.Rule)];
        var chosen = _rules.FirstOrDefault(rule => rule.Id == _rule?.Id) ?? _rules.FirstOrDefault(rule => rule.Id.ToString() == RuleInAddress) ?? (_rules.Count > 0 ? _rules[0] : null);
        if (chosen is null || chosen.Id != _rule?.Id || chosen.UpdatedAt != _rule.UpdatedAt) Choose(chosen);
        _others = _rule is null ? [] : LockBacktestAsk.OthersOf(_rule, snapshot);
        var position = account?.Positions.FirstOrDefault(view => view.Contract.Symbol == _rule?.Symbol);
        var leg = _rule?.Direction == Side.Short ? position?.Short : position?.Long;
        _held = leg?.Volume.Minus(leg.LockedVolume) ?? Volume.Zero;
        if (_held.IsZero && _rule is not null) _draft.AtFirstTick = true;
    }

    public override async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        _leaving.Dispose();
        await base.DisposeAsync();
    }

    private void ChooseRule(ChangeEventArgs change)
    {
        if (_rules.FirstOrDefault(rule => rule.Id.ToString() == change.Value as string) is not { } rule) return;
        Choose(rule);
        Rebuild();
    }

    private void Choose(LockRule? rule)
    {
        _rule = rule;
        _problems = [];
        if (!IsRunning) _status = null;
        if (rule is null) return;
        _stored = Desk.Stored(rule.Symbol);
        _draft.TakeFrom(rule);
        _draft.AtFirstTick = false;
        _draft.Lots ??= 1m;
        if (_stored.Any(one => one.Key == _draft.Prices)) return;
        _draft.Prices = (_stored.FirstOrDefault(one => one.Source == Account?.Account.Source) ?? (_stored.Count > 0 ? _stored[0] : null))?.Key ?? "";
    }

    private async Task StartAsync()
    {
        if (IsRunning || _rule is not { } rule || View is not { } snapshot) return;
        var ask = _draft.Build(rule, ContractOf(rule), _stored, _others);
        var begun = ask.Succeeded ? Desk.Start(ask.Value, snapshot) : Outcome<LockBacktestStatus>.Failure(ask.Problems);
        _problems = begun.Problems;
        if (!begun.Succeeded || Desk.Find(begun.Value.Id) is not { } run) return;
        try
        {
            await foreach (var status in run.WatchAsync(Paces.Locks, Time, _leaving.Token))
            {
                _status = status;
                StateHasChanged();
                if (status.IsOver) break;
            }
        }
        catch (OperationCanceledException)
        {
            // The page was left; the run goes on and is forgotten in its time.
        }
    }

    private Contract? ContractOf(LockRule rule) => View?.ContractOf(rule.Symbol);

    private string NameOf(LockRule rule) => $"{rule.Symbol} {Words["Leg" + rule.Direction]} · {string.Join(" + ", Conditions(rule).Select(kind => Words["Condition" + kind].Value))}";

    private static IEnumerable<ConditionKind> Conditions(LockRule rule)
    {
        if (RuleConditions.HasProfit(rule)) yield return ConditionKind.Profit;
        if (RuleConditions.HasPrice(rule)) yield return ConditionKind.Price;
        if (RuleConditions.HasTrailing(rule)) yield return ConditionKind.Trailing;
        if (RuleConditions.HasStop(rule)) yield return ConditionKind.Stop;
        if (RuleConditions.HasTime(rule)) yield return ConditionKind.Time;
    }

    private string? SentenceFor(string field) => _problems.FirstOrDefault(problem => problem.Field == field) is { } problem ? Sentence(problem) : null;

    private static string Sentence(Problem problem) => ProblemSentences.Write(problem, CultureInfo.CurrentUICulture);
}
