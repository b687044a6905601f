using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Problems;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Backtests;

/// <summary>Backtests and sweeps, newest first, with how far they are.</summary>
public sealed partial class BacktestList
{
    private const int PageLength = 50;

    private readonly List<Guid> _compared = [];
    private IReadOnlyList<BacktestRecord> _records = [];
    private Guid? _leaving;
    private string? _problem;
    private int _shown = PageLength;

    [Inject] public required BacktestDesk Desk { get; init; }
    [Inject] public required UiClock Clock { get; init; }
    [Inject] public required TimeProvider Time { get; init; }

    protected override IAsyncEnumerable<ClockTick> Source(CancellationToken stop) => Clock.Ticks.WatchAsync(Paces.Progress, Time, stop);

    protected override void OnInitialized()
    {
        _records = Desk.Records;
        base.OnInitialized();
    }

    protected override void OnView(ClockTick view) => _records = Desk.Records;

    internal static Tone ToneOf(BacktestState state) => state switch
    {
        BacktestState.Waiting => Tone.Weak,
        BacktestState.Running => Tone.Info,
        BacktestState.Done => Tone.Good,
        BacktestState.Failed => Tone.Danger,
        BacktestState.Cancelled or BacktestState.Interrupted => Tone.Warn,
    };

    private string SettingsOf(BacktestRecord record) => record.Request.Sweep is { } sweep
        ? Text["SweepOf", sweep.X.Parameter, sweep.Y.Parameter, Figures.Number(record.Pairs, 0)]
        : AssumptionLines.Parameters(record.Request);

    /// <summary>The two marked last.</summary>
    private void Mark(Guid id)
    {
        if (_compared.Remove(id)) return;
        _compared.Add(id);
        if (_compared.Count > 2) _compared.RemoveAt(0);
    }

    private async Task CancelAsync(Guid id) => Tell(await Desk.CancelAsync(id));

    private async Task RemoveAsync(Guid id)
    {
        _leaving = null;
        _compared.Remove(id);
        Tell(await Desk.RemoveAsync(id));
    }

    private void Tell(Outcome<BacktestRecord> outcome)
    {
        _problem = outcome.Succeeded ? null : string.Join(' ', outcome.Problems.Select(problem => ProblemSentences.Write(problem, CultureInfo.CurrentUICulture)));
        _records = Desk.Records;
    }
}
