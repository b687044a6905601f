using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;
using QuantDash.Web.Trading;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Locks;

/// <summary>Rules for many legs from one template: each with its levels before anything is saved, each refusal with its reason.</summary>
public sealed partial class TemplateDialog
{
    private IReadOnlyList<LockTemplate> _templates = SampleTemplates.All;
    private LockTemplate? _template;
    private List<BulkLine> _lines = [];
    private TemplateTerms? _keepable;
    private string? _name;
    private string? _keepProblem;
    private TemplateDraft? _draft;
    private bool _deleting;
    private bool _busy;

    [Parameter, EditorRequired] public AccountId AccountId { get; set; }

    /// <summary>The rule that can be kept as a template; null: none.</summary>
    [Parameter] public LockRule? Rule { get; set; }
    [Parameter, EditorRequired] public EventCallback OnClose { get; set; }
    [Inject] public required ILockDesk Desk { get; init; }
    [Inject] public required ILockTemplates Templates { get; init; }
    [Inject] public required ScreenFeed Feed { get; init; }
    [Inject] public required TimeProvider Time { get; init; }

    private int Ready => _lines.Count(line => line.IsReady);

    protected override async Task OnInitializedAsync()
    {
        if (Feed.Current.Accounts.FirstOrDefault(a => a.Account.Id == AccountId) is { } account)
        {
            _lines = [.. TemplateLegs.Of(account).Select(leg => new BulkLine(leg))];
            if (Rule is { } rule && TemplateLegs.Find(account, rule.Symbol, rule.Direction) is { } leg) _keepable = TemplateRules.TermsOf(rule, leg);
        }

        await ReadAsync(null);
    }

    private async Task ReadAsync(Guid? chosen)
    {
        _templates = [.. await Templates.ListAsync(), .. SampleTemplates.All];
        Apply(_templates.FirstOrDefault(t => t.Id == chosen) ?? _templates[0]);
    }

    private void Edit()
    {
        if (_template is { } template) _draft = TemplateDraft.Of(template, NameOf(template), copy: SampleTemplates.IsSample(template));
    }

    private Task SavedAsync(LockTemplate template)
    {
        _draft = null;
        return ReadAsync(template.Id);
    }

    private void Choose(ChangeEventArgs change) => Apply(_templates.First(t => t.Id.ToString() == change.Value as string));

    private void ChooseAll(ChangeEventArgs change) => _lines.ForEach(line => line.Chosen = change.Value is true);

    private void Apply(LockTemplate template)
    {
        (_template, _deleting) = (template, false);
        var named = template with { Name = NameOf(template) };
        foreach (var line in _lines)
        {
            var made = TemplateRules.Make(named, line.Leg, Guid.NewGuid(), Time.GetUtcNow());
            (line.Rule, line.Problems, line.Saved) = (made.Succeeded ? made.Value : null, made.Succeeded ? [] : Sentences(made.Problems), false);
        }
    }

    private Task SaveAsync() => BusyAsync(async () =>
    {
        foreach (var line in _lines.Where(line => line.IsReady).ToList())
        {
            var saved = await Desk.SaveAsync(line.Rule!);
            (line.Saved, line.Problems) = (saved.Succeeded, saved.Succeeded ? [] : Sentences(saved.Problems));
        }

        if (_lines.TrueForAll(line => line.Problems.Count == 0)) await OnClose.InvokeAsync();
    });

    private Task KeepAsync() => BusyAsync(async () =>
    {
        var template = new LockTemplate { Id = Guid.NewGuid(), Name = _name?.Trim() ?? "", Terms = _keepable!, UpdatedAt = Time.GetUtcNow() };
        _keepProblem = template.Check() is [var problem, ..] ? Sentences([problem])[0] : null;
        if (_keepProblem is not null) return;
        Acting.Demand(Scopes.Trade);
        await Templates.SaveAsync(template);
        _name = null;
        await ReadAsync(template.Id);
    });

    private Task DeleteAsync() => BusyAsync(async () =>
    {
        Acting.Demand(Scopes.Trade);
        await Templates.DeleteAsync(_template!.Id);
        await ReadAsync(null);
    });

    private async Task BusyAsync(Func<Task> work)
    {
        _busy = true;
        try
        {
            await work();
        }
        finally
        {
            _busy = false;
        }
    }

    private string NameOf(LockTemplate template) => SampleTemplates.IsSample(template) ? Text[template.Name].Value : template.Name;

    private string TermsOf(TemplateTerms terms)
    {
        List<string> parts = [];
        if (terms.ProfitPerLot is { } profit) parts.Add(Text["TermsProfit", Figures.Number(profit, 0)]);
        if (terms.TargetTicks is { } target) parts.Add(Text.Count("TermsTarget", target));
        if (terms.StopTicks is { } stop) parts.Add(Text.Count("TermsStop", stop));
        if (terms.TrailingTicks is { } trailing) parts.Add(Text.Count("TermsTrailing", trailing));
        if (terms.Options.TrailingDistance is { } share) parts.Add($"{Words["ConditionTrailing"]} {(terms.Options.TrailingMode == TrailingMode.Ratio ? Figures.Percent(share, 2) : $"{Figures.Number(share, 1)} ATR")}");
        if (terms.Options.TriggerTime is { } time) parts.Add($"{Words["ConditionTime"]} {time}");
        if (terms.Stages.Count > 0) parts.Add(Text[terms.StagesByProfit ? "TermsProfitLadder" : "TermsLadder", string.Join(" / ", terms.Stages.Select(s => $"+{Figures.Volume(s.Points)} → {Figures.Percent(s.Ratio, 0)}"))]);
        parts.Add(Text[terms.AutoExecute ? "ByItself" : "AsksFirst"]);
        return string.Join(" · ", parts);
    }

    private string LevelsOf(LockRule rule, TemplateLeg leg) => RuleTerms.Of(rule, leg.Contract.Places(), Words);

    private static IReadOnlyList<string> Sentences(IReadOnlyList<Problem> problems) => [.. problems.Select(p => ProblemSentences.Write(p, CultureInfo.CurrentUICulture))];
}
