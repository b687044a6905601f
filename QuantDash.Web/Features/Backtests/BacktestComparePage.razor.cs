using Microsoft.AspNetCore.Components;
using QuantDash.Core.Backtesting.Reports;

namespace QuantDash.Web.Features.Backtests;

/// <summary>Two runs side by side.</summary>
public sealed partial class BacktestComparePage
{
    private Compared? _shown;

    [Parameter, SupplyParameterFromQuery(Name = "a")] public Guid? A { get; set; }
    [Parameter, SupplyParameterFromQuery(Name = "b")] public Guid? B { get; set; }
    [Inject] public required BacktestDesk Desk { get; init; }

    protected override async Task OnParametersSetAsync()
    {
        _shown = null;
        if (A is not { } a || B is not { } b || Desk.Find(a) is not { } first || Desk.Find(b) is not { } second) return;
        if (await Desk.ReportAsync(a) is { } firstReport && await Desk.ReportAsync(b) is { } secondReport)
            _shown = new(first, firstReport, second, secondReport, BacktestComparison.Of(firstReport.Trades, secondReport.Trades));
    }

    private static string NameOf(BacktestRecord record) => $"{record.Request.Strategy} · {record.Request.Symbol} {record.Request.Timeframe}";

    private sealed record Compared(BacktestRecord First, BacktestReport FirstReport, BacktestRecord Second, BacktestReport SecondReport, BacktestComparison Trades);
}
