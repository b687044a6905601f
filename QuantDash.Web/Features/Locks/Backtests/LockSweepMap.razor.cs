using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Backtesting.Locks;
using QuantDash.Web.Problems;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Locks.Backtests;

/// <summary>热力图: each point of a sweep in the colour of how much better, or worse, than holding it ends; the numbers stand in it.</summary>
public sealed partial class LockSweepMap
{
    private const decimal Strongest = 60m;

    [Parameter, EditorRequired] public required LockSweepOutcome Sweep { get; set; }
    [Parameter, EditorRequired] public required LockBacktestWords Words { get; set; }

    private int Rows => Sweep.Ys.Count > 0 ? Sweep.Ys.Count : 1;

    private decimal Widest => Sweep.Cells.Select(Distance).OfType<decimal>().DefaultIfEmpty().Max();

    private decimal? Distance(LockSweepCell cell) => cell.Profit is { } profit && Sweep.Held.Profit is { } held ? Math.Abs(profit - held) : null;

    private string Share(LockSweepCell cell) => (Widest > 0 && Distance(cell) is { } distance ? distance / Widest * Strongest : 0m).ToString("0", CultureInfo.InvariantCulture);

    private string Hint(LockSweepCell cell) => cell.Refused is { } refused
        ? ProblemSentences.Write(refused, CultureInfo.CurrentUICulture)
        : Text["CellHint", Figures.Number(cell.FinalEquity, 0), Figures.Number(cell.Fees, 2), Figures.Number(cell.MaxDrawdown, 0)];
}
