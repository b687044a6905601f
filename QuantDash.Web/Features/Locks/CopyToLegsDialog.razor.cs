using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Web.Live;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Locks;

/// <summary>Copies rules with all their terms to other legs: first each rule that would come of it or why none does, then all of them with one click, or none.</summary>
public sealed partial class CopyToLegsDialog
{
    private readonly HashSet<string> _chosen = [];

    // Lines that the trader leaves out.
    private readonly HashSet<string> _left = [];
    private IReadOnlyList<LockRule> _rules = [];
    private IReadOnlyList<CopyLeg> _legs = [];
    private IReadOnlyList<CopyLine> _lines = [];
    private CopiedLevels _levels = CopiedLevels.FromAverage;
    private bool _keepsGroup = true;
    private bool _changed;
    private bool _busy;

    /// <summary>Which rules.</summary>
    [Parameter, EditorRequired] public required IReadOnlyCollection<Guid> Rules { get; set; }
    [Parameter, EditorRequired] public EventCallback OnClose { get; set; }

    /// <summary>With how many rules it made.</summary>
    [Parameter, EditorRequired] public EventCallback<int> OnDone { get; set; }
    [Inject] public required ILockDesk Desk { get; init; }
    [Inject] public required ScreenFeed Feed { get; init; }
    [Inject] public required TimeProvider Time { get; init; }

    private IEnumerable<CopyLine> Taken => _lines.Where(line => !_left.Contains(line.Key));

    protected override void OnInitialized() => Read();

    private void Read()
    {
        var snapshot = Feed.Current;
        _rules = [.. snapshot.Rules.Select(view => view.Rule).Where(rule => Rules.Contains(rule.Id))];
        _legs = [.. snapshot.OpenAccounts.SelectMany(account => TemplateLegs.Of(account).Select(leg => new CopyLeg(leg, account.Account.Name)))];
    }

    private Task ChooseAsync(CopyLeg leg, bool on)
    {
        if (on) _chosen.Add(leg.Key);
        else _chosen.Remove(leg.Key);
        return LookAsync();
    }

    private void Take(CopyLine line, bool on)
    {
        if (on) _left.Remove(line.Key);
        else _left.Add(line.Key);
    }

    private Task LookAsync() => BusyAsync(async () =>
    {
        _changed = false;
        _lines = await LinesAsync();
    });

    /// <summary>What would come of it now. The engine has its say too, and writes nothing.</summary>
    private async Task<IReadOnlyList<CopyLine>> LinesAsync()
    {
        Read();
        List<CopyLine> lines = [.. _rules.SelectMany(rule => _legs.Where(leg => _chosen.Contains(leg.Key) && !leg.IsOf(rule)).Select(leg => Line(rule, leg)))];
        var ready = lines.Where(line => line.IsReady).ToList();
        if (ready.Count == 0) return lines;
        var batch = await Desk.SaveAllAsync([.. ready.Select(line => new RuleEdit(line.Copy!, null))], write: false);
        var wrong = batch.Refused.ToLookup(r => ready[r.Index].Key, r => r.Problem);
        return [.. lines.Select(line => wrong.Contains(line.Key) ? line with { Problems = [.. wrong[line.Key]] } : line)];
    }

    private CopyLine Line(LockRule rule, CopyLeg to)
    {
        var (snapshot, now) = (Feed.Current, Time.GetUtcNow());
        var account = snapshot.Accounts.FirstOrDefault(a => a.Account.Id == to.Leg.AccountId);
        var from = snapshot.Accounts.FirstOrDefault(a => a.Account.Id == rule.AccountId) is { } owner ? TemplateLegs.Find(owner, rule.Symbol, rule.Direction) : null;
        var made = RuleCopy.Make(rule, from, to.Leg, _levels, _keepsGroup, Guid.CreateVersion7(now), now, LockRuleEndpoints.ClockOf(snapshot, account, now));
        return new($"{rule.Id} {to.Key}", rule, to, made.Succeeded ? made.Value : null, made.Problems)
        {
            FiresNow = made.Succeeded && account is not null ? FiresAtOnce.Check(made.Value, snapshot, account) : null,
        };
    }

    private Task SaveAsync() => BusyAsync(async () =>
    {
        // Look once more: a leg may have been closed, or come to another average, since the lines were shown.
        var shown = Taken.Select(Said).ToList();
        _lines = await LinesAsync();
        _changed = !shown.SequenceEqual(Taken.Select(Said));
        if (_changed) return;
        var taken = Taken.ToList();
        var batch = await Desk.SaveAllAsync([.. taken.Select(line => new RuleEdit(line.Copy!, null))], write: true);
        if (batch.Refused.Count == 0) await OnDone.InvokeAsync(taken.Count);
        else (_changed, _lines) = (true, await LinesAsync());
    });

    private string Said(CopyLine line) => $"{line.Key} {(line.Copy is { } copy ? TermsOf(copy, line.To.Leg) : "")} {string.Join(' ', line.Problems.Select(p => p.Code))} {line.FiresNow?.Volume}";

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

    private string TermsOf(LockRule rule, TemplateLeg leg)
    {
        List<string> parts = [RuleTerms.Of(rule, leg.Contract.Places(), Words), Figures.Percent(rule.ProfitLockRatio.Value, 0), Text[rule.AutoExecute ? "ByItself" : "AsksFirst"]];
        if (rule.OcoGroup is { } group) parts.Add($"{Text["OcoGroup"]} {group}");
        if (rule.Shadow) parts.Add(Text["Shadow"]);
        if (!rule.IsEnabled) parts.Add(Text["SwitchedOff"]);
        return string.Join(" · ", parts);
    }
}
