using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Web.Live;

namespace QuantDash.Web.Ui;

/// <summary>Minutes and seconds until an instant; stays at zero afterwards.</summary>
public sealed partial class Countdown
{
    private TimeSpan _left;

    [Parameter, EditorRequired] public DateTimeOffset Until { get; set; }

    /// <summary>Nothing is lost when it ends: it does not turn red.</summary>
    [Parameter] public bool Calm { get; set; }
    [Inject] public required UiClock Clock { get; init; }
    [Inject] public required TimeProvider Time { get; init; }

    private string Label => _left.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)_left.TotalHours}:{_left:mm\\:ss}")
        : _left.ToString(@"mm\:ss", CultureInfo.InvariantCulture);

    protected override IAsyncEnumerable<ClockTick> Source(CancellationToken stop) => Clock.Ticks.WatchAsync(Paces.Ages, Time, stop);

    protected override void OnView(ClockTick view) => Count(view.Now);

    protected override void OnParametersSet() => Count(Clock.Ticks.Current.Now);

    private void Count(DateTimeOffset now) => _left = Until > now ? Until - now : TimeSpan.Zero;
}
