using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Hosting;
using QuantDash.Web.Live;

namespace QuantDash.Web.Features.Strategies;

/// <summary>信号统计 of one strategy: read once, and kept up with what comes.</summary>
public sealed partial class SignalStatisticsCard
{
    private const int MostReasons = 6;

    private SignalTally? _tally;
    private bool _isCut;

    [Parameter, EditorRequired] public required Guid Id { get; set; }
    [Inject] public required SignalJudge Judge { get; init; }

    protected override TimeSpan Pace => Paces.Funds;

    /// <summary>The sum of several lines stands below them.</summary>
    private IEnumerable<SignalStatistics> Lines => _tally!.Lines.Count > 1 ? _tally.Lines.Append(_tally.Total) : _tally.Lines;

    protected override async Task OnInitializedAsync()
    {
        var read = await Judge.ReadAsync(Id);
        var tally = new SignalTally(Judge);
        tally.Begin(read);
        (_tally, _isCut) = (tally, read.IsCut);
        Rebuild();
    }

    protected override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        if (_tally is { } tally && snapshot.Strategies.FirstOrDefault(view => view.Instance.Id == Id) is { } strategy) tally.Put(strategy);
    }

    /// <summary>What was asked for, and in which mode when there are several.</summary>
    private string KindOf(SignalStatistics line)
    {
        var kind = $"{(line.Action is { } action ? Text["Action" + action] : "")} · {(line.Type is { } type ? Text["Type" + type] : "")}";
        return _tally!.Total.Mode is null && line.Mode is { } mode ? $"{kind} · {Text["Mode" + mode]}" : kind;
    }
}
