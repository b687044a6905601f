using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Backtesting.Reports;

namespace QuantDash.Web.Features.Backtests;

/// <summary>A sweep as a heat map; each pair can be run by itself.</summary>
public sealed partial class SweepView
{
    private SweepMeasure _measure;
    private HeatMap _map = null!;
    private SweepCell? _chosen;

    [Parameter, EditorRequired] public required BacktestRecord Record { get; set; }
    [Parameter, EditorRequired] public required SweepReport Sweep { get; set; }
    [Inject] public required BacktestDesk Desk { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    protected override void OnInitialized() => Choose(SweepMeasure.Return);

    private string CssOf(SweepCell? cell) =>
        cell is null ? "hole" : $"{_map.Shade(cell)}{(cell == _map.Best ? " best" : "")}{(cell == _chosen ? " chosen" : "")}".TrimStart();

    private void Choose(SweepMeasure measure)
    {
        _measure = measure;
        _map = new(Sweep, measure);
        _chosen ??= _map.Best;
    }

    /// <summary>The pair with everything kept of it.</summary>
    private async Task RunAsync()
    {
        if (_chosen is not { } cell) return;
        var parameters = new Dictionary<string, string>(Record.Request.Parameters, StringComparer.Ordinal)
        {
            [Sweep.XParameter] = Sweep.X[cell.X].ToString(CultureInfo.InvariantCulture),
            [Sweep.YParameter] = Sweep.Y[cell.Y].ToString(CultureInfo.InvariantCulture),
        };
        var started = await Desk.StartAsync([Record.Request with { Sweep = null, Parameters = parameters }]);
        if (started.Succeeded) Navigation.NavigateTo($"/backtests/{started.Value[0].Id}");
    }
}
