using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Features.Replay;

/// <summary>Chooses a stored day and plays it on the replay account.</summary>
public sealed partial class ReplayForm
{
    private IReadOnlyList<StoredDay> _days = [];
    private IReadOnlyList<string> _problems = [];
    private string _chosen = "";
    private double? _speed = 60;
    private bool _busy;

    /// <summary>The day that is chosen at first, as the address names it.</summary>
    [Parameter] public string? From { get; set; }
    [Parameter] public string? Day { get; set; }
    [Inject] public required ITickArchive Archive { get; init; }
    [Inject] public required ReplayService Replays { get; init; }
    [Inject] public required ReplayStage Stage { get; init; }

    protected override void OnInitialized()
    {
        _days =
        [
            .. Archive.Days().GroupBy(d => (d.Source, d.TradingDay)).OrderByDescending(g => g.Key.TradingDay).ThenBy(g => g.Key.Source.Value, StringComparer.Ordinal)
                .Select(g => new StoredDay(g.Key.Source, g.Key.TradingDay, string.Join(", ", g.Select(d => d.Symbol.ToString()).Order(StringComparer.Ordinal)))),
        ];
        var wanted = $"{From} {Day}";
        _chosen = _days.FirstOrDefault(d => d.Key == wanted)?.Key ?? (_days.Count > 0 ? _days[0].Key : "");
    }

    private async Task StartAsync()
    {
        if (_days.FirstOrDefault(d => d.Key == _chosen) is not { } day) return;
        _busy = true;
        try
        {
            var busy = Replays.Replays.Where(r => !r.IsOver).Select(r => r.Request.To).ToList();
            var stage = await Stage.PrepareAsync(day.From, day.Day, busy);
            var problems = stage.Succeeded ? Replays.Start(new(day.From, stage.Value, [], day.Day, _speed)).Problems : stage.Problems;
            _problems = [.. problems.Select(p => ProblemSentences.Write(p, CultureInfo.CurrentUICulture))];
        }
        finally
        {
            _busy = false;
        }
    }

    private sealed record StoredDay(SourceName From, DateOnly Day, string Symbols)
    {
        public string Key { get; } = $"{From.Value} {Day:yyyy-MM-dd}";
    }
}
