using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Web.Live;
using QuantDash.Web.Problems;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Demo;

/// <summary>The demo's switch among the accounts and venues.</summary>
public sealed partial class DemoCard : LiveComponent<EngineSnapshot>
{
    private DemoStatus? _status;
    private IReadOnlyList<string> _problems = [];
    private bool _busy;

    [Inject] public required IDemoSwitch Demo { get; init; }

    [Inject] public required ScreenFeed Feed { get; init; }

    protected override IAsyncEnumerable<EngineSnapshot> Source(CancellationToken stop) => Feed.WatchAsync(Paces.Funds, stop);

    protected override void OnView(EngineSnapshot view) => _status = view.Recovered ? Demo.Status(view) : null;

    private string StateText(DemoStatus status) => status switch
    {
        { IsOn: true } => Text["IsOn"],
        { OffSince: { } at } => Text["IsOff", ScreenTime.DayAndTime(at)],
        { AccountId: not null } => Text["StandsStill"],
        _ => Text["IsNotMade"],
    };

    private async Task SwitchAsync(ChangeEventArgs change)
    {
        if (_busy) return;
        _busy = true;
        try
        {
            var problems = await Demo.SwitchAsync(change.Value is true);
            _problems = [.. problems.Select(problem => ProblemSentences.Write(problem, CultureInfo.CurrentUICulture))];
            _status = Demo.Status(Feed.Current);
        }
        finally
        {
            _busy = false;
        }
    }
}
