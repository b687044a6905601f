using Microsoft.AspNetCore.Components;
using QuantDash.Core.Backtesting.Reports;
using QuantDash.Web.Live;

namespace QuantDash.Web.Features.Backtests;

/// <summary>One backtest: its progress while it runs, its report or heat map once it is done.</summary>
public sealed partial class BacktestResultPage
{
    private BacktestRecord? _record;
    private BacktestReport? _report;
    private SweepReport? _sweep;
    private Guid _read;
    private bool _isShown;

    [Parameter] public Guid Id { get; set; }
    [Inject] public required BacktestDesk Desk { get; init; }
    [Inject] public required UiClock Clock { get; init; }
    [Inject] public required TimeProvider Time { get; init; }

    protected override IAsyncEnumerable<ClockTick> Source(CancellationToken stop) => Clock.Ticks.WatchAsync(Paces.Progress, Time, stop);

    protected override async Task OnParametersSetAsync()
    {
        _isShown = false;
        if (_record?.Id != Id) (_report, _sweep) = (null, null);
        await LookAsync();
    }

    protected override void OnView(ClockTick view)
    {
        if (_read != Id) Begin(LookAsync);
    }

    /// <summary>A result does not change any more: its drawings are made once.</summary>
    protected override bool ShouldRender() => !_isShown;

    protected override void OnAfterRender(bool firstRender) => _isShown = _read == Id && (_report is not null || _sweep is not null);

    private async Task CancelAsync()
    {
        await Desk.CancelAsync(Id);
        await LookAsync();
    }

    private async Task LookAsync()
    {
        _record = Desk.Find(Id);
        if (_record is not { State: BacktestState.Done } done || _read == Id) return;
        _read = Id;
        if (done.Request.Sweep is null) _report = await Desk.ReportAsync(Id);
        else _sweep = await Desk.SweepAsync(Id);
        StateHasChanged();
    }
}
