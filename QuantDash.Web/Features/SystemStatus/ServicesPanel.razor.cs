using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Web.Live;

namespace QuantDash.Web.Features.SystemStatus;

/// <summary>Supervised loops and their last heartbeat.</summary>
public sealed partial class ServicesPanel
{
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(3);
    private IReadOnlyList<ServiceStatus> _services = [];

    [Inject] public required IServiceStatusBoard Board { get; init; }
    [Inject] public required UiClock Clock { get; init; }
    [Inject] public required TimeProvider Time { get; init; }

    protected override async IAsyncEnumerable<ClockTick> Source([EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var tick in Clock.Ticks.WatchAsync(ReadEvery, Time, stop))
        {
            _services = [.. (await Board.AllAsync(stop)).OrderBy(s => s.ServiceName, StringComparer.Ordinal)];
            yield return tick;
        }
    }
}
