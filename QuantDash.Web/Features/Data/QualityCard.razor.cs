using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Markets.History.Quality;
using QuantDash.Web.Problems;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Data;

/// <summary>What is missing from one series, what is doubtful in it, and what to import again.</summary>
public sealed partial class QualityCard
{
    private const int MostShown = 50;

    [Parameter, EditorRequired] public required BarQualityReport Report { get; set; }

    private string Summary => (Report.Expected, Report.IsGood) switch
    {
        (null, _) => Text["SessionsUnknown", Figures.Number(Report.Bars, 0)],
        ({ } expected, true) => Text["Whole", Figures.Number(Report.Bars, 0), Figures.Number(expected, 0)],
        ({ } expected, false) => Text["NotWhole", Figures.Number(Report.Bars, 0), Figures.Number(expected, 0), Figures.Number(Report.Missing, 0), Figures.Number(Report.Faults.Count, 0)],
    };

    /// <summary>Whole days go by their day, all others by the exchange's clock.</summary>
    private string Span(BarGap gap) => Report.Key.Timeframe.IsDay ? CatalogueRow.Day(gap.TradingDay) : $"{CatalogueRow.Minute(gap.From)} – {CatalogueRow.Minute(gap.To)}";

    private string At(BarFault fault) => Report.Key.Timeframe.IsDay ? CatalogueRow.Day(fault.TradingDay) : CatalogueRow.Minute(fault.Start);

    private static string Sentence(BarFault fault) => ProblemSentences.Write(fault.Problem, CultureInfo.CurrentUICulture);
}
