using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Web.Live;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Locks;

public sealed partial class LocksPage
{
    private LockFiguresView? _figures;
    private IReadOnlyList<RuleRow> _rules = [];
    private IReadOnlyList<TriggerRow> _triggers = [];
    private IReadOnlyList<TriggerRow> _waiting = [];
    private IReadOnlyList<LockRow> _locks = [];
    private Guid? _selected;
    private RuleDraft? _editing;
    private bool _fromTemplate;
    private bool _importing;
    private string? _filter;
    private readonly HashSet<Guid> _ticked = [];
    private (RuleBulkAction Action, IReadOnlyList<Guid> Rules)? _bulk;
    private IReadOnlyList<Guid>? _copying;
    private (string Text, int Rules)? _done;

    /// <summary>The rule that is explained.</summary>
    [Parameter, SupplyParameterFromQuery(Name = "rule")] public string? RuleInAddress { get; set; }

    /// <summary>Opens the form for a new rule.</summary>
    [Parameter, SupplyParameterFromQuery(Name = "new")] public string? NewInAddress { get; set; }
    [CascadingParameter] public Rights? Rights { get; set; }
    [Inject] public required NavigationManager Navigation { get; init; }
    [Inject] public required ReadinessBoard Ready { get; init; }

    private IReadOnlyList<RuleRow> ShownRules => string.IsNullOrWhiteSpace(_filter) ? _rules : [.. _rules.Where(r => r.IsAbout(_filter.Trim()))];

    // In the order of the table.
    private IReadOnlyList<Guid> TickedRules => [.. _rules.Where(r => _ticked.Contains(r.Id)).Select(r => r.Id)];

    private string? Done => _done is { } done ? Text.Count(done.Text, done.Rules) : null;

    protected override TimeSpan Pace => Paces.Locks;

    protected override void OnParametersSet()
    {
        if (Guid.TryParse(RuleInAddress, out var id)) _selected = id;
        if (NewInAddress is not null && _editing is null && Account is not null) NewRule();
    }

    protected override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        if (account is null)
        {
            (_figures, _rules, _triggers, _waiting, _locks) = (null, [], [], [], []);
            _ticked.Clear();
            return;
        }

        var id = account.Account.Id;
        _figures = LockFiguresView.From(snapshot, account);
        _rules = RuleRow.List(snapshot, id, _rules, Ready.Of(snapshot));
        _ticked.IntersectWith(_rules.Select(r => r.Id));
        _triggers = TriggerRow.List(snapshot, id, _triggers);
        _waiting = [.. _triggers.Where(t => t.Status == TriggerStatus.WaitingConfirm)];
        _locks = LockRow.List(snapshot, id, _locks);
        if (!_rules.Any(r => r.Id == _selected)) _selected = _rules.Count > 0 ? _rules[0].Id : null;
        if (NewInAddress is not null && _editing is null) NewRule();
    }

    private void Select(Guid rule) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("rule", rule.ToString("D")), replace: true);

    private void NewRule()
    {
        if (Rights?.Trade == true && Account is { } account) _editing = RuleDraft.New(account, Feed.Current);
    }

    private void UnlockWhen(Guid id)
    {
        if (Rights?.Trade == true && View?.Locks.FirstOrDefault(held => held.Id == id) is { } held) _editing = RuleDraft.Unlocking(held);
    }

    private void EditRule(Guid rule) => _editing = Find(rule) is { } found ? RuleDraft.Of(found) : null;

    private void CopyRule(Guid rule) => _editing = Find(rule) is { } found ? RuleDraft.Of(found) with { Id = null } : null;

    private void Tick((Guid Rule, bool On) change)
    {
        _done = null;
        if (change.On) _ticked.Add(change.Rule);
        else _ticked.Remove(change.Rule);
    }

    private void TickShown(bool on)
    {
        _done = null;
        if (on) _ticked.UnionWith(ShownRules.Select(r => r.Id));
        else _ticked.ExceptWith(ShownRules.Select(r => r.Id));
    }

    private void AskBulk(RuleBulkAction action, IReadOnlyList<Guid> rules) => _bulk = (action, rules);

    /// <summary>Those it could not be done with stay ticked.</summary>
    private void BulkDone(IReadOnlyList<Guid> rules)
    {
        _done = _bulk is { } bulk ? ($"Bulk{bulk.Action}Done", rules.Count) : null;
        _bulk = null;
        _ticked.ExceptWith(rules);
    }

    private void CopyDone(int made)
    {
        (_copying, _done) = (null, ("CopyDone", made));
        _ticked.Clear();
    }

    private LockRule? Find(Guid rule) => View?.Rules.FirstOrDefault(r => r.Rule.Id == rule)?.Rule;

    private void CloseForm()
    {
        _editing = null;
        if (NewInAddress is not null) Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("new", (string?)null), replace: true);
    }
}
