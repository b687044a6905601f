using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Problems;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Locks;

/// <summary>Rules from a file: first what each row would do or why it cannot, then all of them with one click, or none.</summary>
public sealed partial class ImportDialog
{
    private IReadOnlyList<RuleFileRow> _rows = [];
    private IReadOnlyList<RuleImportLine> _lines = [];
    private IReadOnlyList<Problem> _problems = [];
    private bool _busy;

    [Parameter, EditorRequired] public EventCallback OnClose { get; set; }
    [Inject] public required ILockDesk Desk { get; init; }
    [Inject] public required ContractCatalog Catalog { get; init; }
    [Inject] public required ScreenFeed Feed { get; init; }
    [Inject] public required TimeProvider Time { get; init; }

    private List<RuleImportLine> Edited => [.. _lines.Where(line => line.Kind is RuleImportKind.Create or RuleImportKind.Change)];

    private Task ReadAsync(InputFileChangeEventArgs chosen) => BusyAsync(async () =>
    {
        (_rows, _lines) = ([], []);
        if (chosen.File.Size > RuleFile.LargestBytes)
        {
            _problems = [new Problem("file", "file_too_large", RuleFile.LargestBytes)];
            return;
        }

        using var memory = new MemoryStream();
        await using (var stream = chosen.File.OpenReadStream(RuleFile.LargestBytes)) await stream.CopyToAsync(memory);
        var read = RuleFile.Read(memory.GetBuffer().AsSpan(0, (int)memory.Length));
        _problems = read.Succeeded && read.Value.Count == 0 ? [new Problem("file", "file_empty")] : read.Problems;
        if (!read.Succeeded) return;
        _rows = read.Value;
        await LookAsync();
    });

    private Task SaveAsync() => BusyAsync(async () =>
    {
        // Read once more: what was shown may have been changed by somebody else since.
        var shown = _lines.Select(line => line.Kind).ToList();
        await LookAsync();
        if (!shown.SequenceEqual(_lines.Select(line => line.Kind))) return;
        var edited = Edited;
        var batch = await Desk.SaveAllAsync([.. edited.Select(line => line.Edit)], write: true);
        if (batch.Refused.Count > 0) Mark(edited, batch.Refused);
        else await OnClose.InvokeAsync();
    });

    /// <summary>What the rows would do now; the engine has its say too, and writes nothing.</summary>
    private async Task LookAsync()
    {
        _lines = RuleImport.Read(_rows, changes: true, Feed.Current, Catalog, Time.GetUtcNow());
        var edited = Edited;
        if (edited.Count > 0) Mark(edited, (await Desk.SaveAllAsync([.. edited.Select(line => line.Edit)], write: false)).Refused);
    }

    private void Mark(List<RuleImportLine> edited, IReadOnlyList<Core.Engine.RuleRefused> refused)
    {
        var wrong = refused.ToLookup(r => edited[r.Index], r => r.Problem);
        _lines = [.. _lines.Select(line => wrong.Contains(line) ? line with { Problems = [.. line.Problems, .. wrong[line]] } : line)];
    }

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

    private int Of(RuleImportKind kind) => _lines.Count(line => line.Kind == kind);

    private FiresAtOnce? FiresNow(RuleImportLine line) =>
        line.Kind is RuleImportKind.Create or RuleImportKind.Change && Feed.Current.Accounts.FirstOrDefault(a => a.Account.Id == line.Rule.AccountId) is { } account
            ? FiresAtOnce.Check(line.Rule, Feed.Current, account)
            : null;

    private string TermsOf(LockRule rule)
    {
        var terms = RuleTerms.Of(rule, Feed.Current.ContractOf(rule.Symbol)?.Places() ?? 4, Words);
        return $"{terms} · {Text[rule.AutoExecute ? "ByItself" : "AsksFirst"]}{(rule.IsEnabled ? "" : $" · {Text["SwitchedOff"]}")}";
    }

    private static Tone ToneOf(RuleImportKind kind) => kind switch
    {
        RuleImportKind.Create => Tone.Good,
        RuleImportKind.Change => Tone.Warn,
        RuleImportKind.Refused => Tone.Danger,
        _ => Tone.None,
    };

    private static string Sentence(Problem problem) => ProblemSentences.Write(problem, CultureInfo.CurrentUICulture);
}
