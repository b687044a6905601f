using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Notifications;
using QuantDash.Web.Jobs;
using QuantDash.Web.Live;
using QuantDash.Web.Supervision;

namespace QuantDash.Web.Features.SystemStatus;

/// <summary>The trading thread, the database writer, the tick recorder, and every supervised loop with its last heartbeat.</summary>
public sealed partial class PartsPanel
{
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(3);
    private IReadOnlyList<PartRow> _parts = [];
    private string? _asked;

    [Inject] public required LoopRoster Roster { get; init; }
    [Inject] public required LoopDesk Loops { get; init; }
    [Inject] public required IDurableJournal Journal { get; init; }
    [Inject] public required TickTap Tap { get; init; }
    [Inject] public required INotificationHealth Notifications { get; init; }
    [Inject] public required ComputeLanes Lanes { get; init; }
    [Inject] public required ScreenFeed Feed { get; init; }
    [Inject] public required UiClock Clock { get; init; }
    [Inject] public required TimeProvider Time { get; init; }

    protected override async IAsyncEnumerable<ClockTick> Source([EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var tick in Clock.Ticks.WatchAsync(ReadEvery, Time, stop))
        {
            Look();
            yield return tick;
        }
    }

    private async Task ActAsync(string loop, LoopOrder order)
    {
        _asked = null;
        await Loops.ActAsync(loop, order);
        Look();
    }

    private void Look() => _parts =
    [
        PartRow.Engine(Feed.Current, Text), PartRow.Journal(Journal.Health, Text), PartRow.Recorder(Tap.LeftOut, Text), PartRow.Notifications(Notifications.Current, Text), PartRow.Compute(Lanes, Text),
        .. Roster.All.Select(loop => PartRow.Service(loop.Status, Text)),
    ];
}
