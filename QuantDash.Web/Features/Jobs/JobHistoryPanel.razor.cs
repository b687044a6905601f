using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Web.Jobs;
using QuantDash.Web.Problems;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Jobs;

/// <summary>Past runs as chosen, read again whenever another run has ended. Days are the exchange's.</summary>
public sealed partial class JobHistoryPanel
{
    private const int PageLength = 50;
    private const int MostBars = 200;

    private readonly List<PastRun> _runs = [];
    private IReadOnlyList<PastRow> _rows = [];
    private string _job = "";
    private JobOutcome? _outcome;
    private DateOnly? _from;
    private DateOnly? _to;
    private Guid? _trigger;
    private DateTimeOffset? _seen;
    private string? _problem;
    private bool _idle;
    private bool _more;
    private bool _started;

    [Parameter, EditorRequired] public required IReadOnlyList<JobChoice> Names { get; set; }

    /// <summary>When the latest run ended: a later one means that there is something new to read.</summary>
    [Parameter] public DateTimeOffset? Version { get; set; }
    [Parameter] public Guid? Trigger { get; set; }
    [Parameter] public EventCallback<(JobId Id, JobAction Action)> OnAct { get; set; }
    [Inject] public required IJobs Jobs { get; init; }

    protected override Task OnParametersSetAsync()
    {
        if (_started && Version == _seen) return Task.CompletedTask;
        if (!_started) _trigger = Trigger;
        (_started, _seen) = (true, Version);
        return ReadAsync();
    }

    private Task AllAsync()
    {
        _trigger = null;
        return ReadAsync();
    }

    private Task ReadAsync() => ReadAsync(skip: 0, Math.Clamp(_runs.Count, PageLength, JobFilter.Most));

    private Task OlderAsync() => ReadAsync(_runs.Count, PageLength);

    private async Task ReadAsync(int skip, int take)
    {
        var found = await Jobs.HistoryAsync(new()
        {
            Name = _job.Length > 0 ? _job : null, Outcome = _outcome, Trigger = _trigger, WithIdle = _idle, Since = Start(_from), Before = Start(_to?.AddDays(1)), Skip = skip, Take = take,
        });
        _problem = found.Succeeded ? null : ProblemSentences.Write(found.Problems[0], CultureInfo.CurrentUICulture);
        if (!found.Succeeded) return;
        if (skip == 0) _runs.Clear();
        _runs.AddRange(found.Value.Runs);
        _more = found.Value.HasMore;
        _rows = PastRow.List(_runs, Text);
    }

    private static DateTimeOffset? Start(DateOnly? day) => day is { } date ? new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), ScreenTime.ExchangeOffset) : null;
}
