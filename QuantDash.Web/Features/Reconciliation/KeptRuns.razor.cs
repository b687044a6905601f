using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Reconciliation;

/// <summary>Comparisons that are kept, of every account, newest first: read again when another one was kept, an older page on request.</summary>
public sealed partial class KeptRuns
{
    private const int PageLength = 20;
    private readonly List<KeptRow> _rows = [];
    private EngineSnapshot _snapshot = EngineSnapshot.Empty;
    private int _seen;
    private int _reads;
    private string? _next;
    private bool _reading;

    [Inject] public required IReconciliationHistory History { get; init; }

    protected override TimeSpan Pace => Paces.Funds;

    protected override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        _snapshot = snapshot;
        var kept = new HashCode();
        foreach (var view in snapshot.Reconciliations) kept.Add((view.AccountId, view.KeptAt));
        // Twice: what the engine has kept may be durable a moment later.
        if (kept.ToHashCode() is var now && now != _seen) (_seen, _reads) = (now, 2);
        if (_reads == 0 || _reading) return;
        _reads--;
        Begin(() => ReadAsync(null));
    }

    private Task OlderAsync() => ReadAsync(_next);

    private async Task ReadAsync(string? cursor)
    {
        _reading = true;
        try
        {
            var page = await History.RunsAsync(new(), new(cursor, PageLength));
            if (cursor is null) _rows.Clear();
            _rows.AddRange(page.Items.Select(record => KeptRow.From(record, _snapshot)));
            _next = page.NextCursor;
        }
        finally
        {
            _reading = false;
        }
        StateHasChanged();
    }

    private string Outcome(ReconciliationRecord record) => record.Outcome switch
    {
        ReconciliationOutcome.Agrees => Text["StateAgrees"],
        ReconciliationOutcome.TakenOver => Text["TakenOver"],
        ReconciliationOutcome.Differs => Text.Count("StillDiffers", record.Open),
    };
}

/// <summary>One kept comparison, ready to draw.</summary>
public sealed record KeptRow((AccountId, DateTimeOffset) Key, ReconciliationRecord Record, string Account, IReadOnlyList<DifferenceRow> Named)
{
    public Tone Tone => Record.Outcome switch
    {
        ReconciliationOutcome.Agrees => Tone.Good,
        ReconciliationOutcome.TakenOver => Tone.Info,
        ReconciliationOutcome.Differs => Tone.Warn,
    };

    public string Took => Record.Took is not { } took ? Figures.Unknown : Figures.Number((decimal)took.TotalSeconds, took.TotalSeconds < 10 ? 1 : 0) + " s";

    public static KeptRow From(ReconciliationRecord record, EngineSnapshot snapshot) => new(
        (record.AccountId, record.Run.EndedAt), record, snapshot.Accounts.FirstOrDefault(view => view.Account.Id == record.AccountId)?.Account.Name ?? record.AccountId.ToString(),
        [.. record.Differences.Select(difference => DifferenceRow.From(difference, snapshot))]);
}
