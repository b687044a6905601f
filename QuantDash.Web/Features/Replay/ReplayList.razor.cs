using Microsoft.AspNetCore.Components;
using QuantDash.Web.Live;

namespace QuantDash.Web.Features.Replay;

/// <summary>Replays since the start, newest first.</summary>
public sealed partial class ReplayList
{
    private IReadOnlyList<ReplayStatus> _replays = [];

    [Inject] public required ReplayService Replays { get; init; }
    [Inject] public required UiClock Clock { get; init; }
    [Inject] public required TimeProvider Time { get; init; }

    protected override IAsyncEnumerable<ClockTick> Source(CancellationToken stop) => Clock.Ticks.WatchAsync(Paces.Progress, Time, stop);

    protected override void OnView(ClockTick view) => Refresh();

    private void Refresh() => _replays = Replays.Replays;
}
