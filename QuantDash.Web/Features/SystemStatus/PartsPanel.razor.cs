using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Notifications;
using QuantDash.Web.Live;

namespace QuantDash.Web.Features.SystemStatus;

/// <summary>The trading thread, the database writer, the tick recorder, and every supervised loop with its last heartbeat.</summary>
public sealed partial class PartsPanel
{
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(3);
    private IReadOnlyList<PartRow> _parts = [];

    [Inject] public required IServiceStatusBoard Board { get; init; }
    [Inject] public required IDurableJournal Journal { get; init; }
    [Inject] public required TickTap Tap { get; init; }
    [Inject] public required INotificationHealth Notifications { get; init; }
    [Inject] public required ScreenFeed Feed { get; init; }
    [Inject] public required UiClock Clock { get; init; }
    [Inject] public required TimeProvider Time { get; init; }

    protected override async IAsyncEnumerable<ClockTick> Source([EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var tick in Clock.Ticks.WatchAsync(ReadEvery, Time, stop))
        {
            var services = await Board.AllAsync(stop);
            _parts =
            [
                PartRow.Engine(Feed.Current, Text), PartRow.Journal(Journal.Health, Text), PartRow.Recorder(Tap.LeftOut, Text),
                PartRow.Notifications(Notifications.Current, Text),
                .. services.OrderBy(s => s.ServiceName, StringComparer.Ordinal).Select(s => PartRow.Service(s, Text)),
            ];
            yield return tick;
        }
    }
}
