using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Markets;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;
using QuantDash.Web.Problems;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Data;

/// <summary>Bars out of recorded ticks.</summary>
public sealed partial class SyncCard
{
    private IReadOnlyList<(SourceName Source, Symbol Symbol)> _recorded = [];
    private IReadOnlyList<string> _problems = [];
    private string _timeframe = "1m";
    private string? _done;
    private int _chosen;
    private bool _busy;

    /// <summary>Something was stored.</summary>
    [Parameter] public EventCallback OnStored { get; set; }
    [Inject] public required ITickArchive Ticks { get; init; }
    [Inject] public required HistoryDesk Desk { get; init; }

    protected override void OnInitialized() =>
        _recorded = [.. Ticks.Days().Select(day => (day.Source, day.Symbol)).Distinct().OrderBy(series => series.Symbol.ToString(), StringComparer.Ordinal).ThenBy(series => series.Source.Value, StringComparer.Ordinal)];

    private async Task SyncAsync()
    {
        (_busy, _problems, _done) = (true, [], null);
        try
        {
            var (source, symbol) = _recorded[_chosen];
            if (!Timeframe.TryParse(_timeframe, out var timeframe)) return;
            var done = await Desk.SyncAsync(source, symbol.ToString(), timeframe, CancellationToken.None);
            _problems = [.. done.Problems.Select(problem => ProblemSentences.Write(problem, CultureInfo.CurrentUICulture))];
            if (!done.Succeeded) return;
            var stored = done.Value.Stored;
            _done = Text["Stored_done", $"{symbol} {timeframe}", Figures.Number(stored.Added, 0), Figures.Number(stored.Replaced, 0), Figures.Number(stored.Unchanged, 0), "0"];
            await OnStored.InvokeAsync();
        }
        finally
        {
            _busy = false;
        }
    }
}
