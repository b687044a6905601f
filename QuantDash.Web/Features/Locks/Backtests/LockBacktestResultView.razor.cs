using Microsoft.AspNetCore.Components;
using QuantDash.Core.Backtesting.Locks;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Charts;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Locks.Backtests;

/// <summary>What came out: the sentence, what it rests on, and its pictures.</summary>
public sealed partial class LockBacktestResultView
{
    private IReadOnlyList<(string Name, Tone Tone, LockBacktestResult? Run)> _runs = [];
    private ChartModel _price = null!;
    private ChartModel _equity = null!;

    /// <summary>A finished one; another one is another component.</summary>
    [Parameter, EditorRequired] public required LockBacktestStatus Status { get; set; }

    private LockBacktestPlan Plan => Status.Plan;

    private LockBacktestOutcome Outcome => Status.Outcome!;

    private int Places => Plan.Scene.Contract.Places();

    private LockBacktestWords Words => new(Text, Trading);

    /// <summary>The run whose picture is drawn.</summary>
    private LockBacktestResult Main => Outcome switch
    {
        { Fired: { } fired } => fired,
        { Comparison: { } compared } => compared.Locked ?? compared.Closed,
        { Change: { } change } => change.After,
        { Sweep: { } sweep } => sweep.Held,
        _ => throw new InvalidOperationException("An outcome without a run."),
    };

    /// <summary>Why firings came to nothing; null: something was filled, or nothing fired.</summary>
    private string? Unfilled => Main.Trades.Count > 0 ? null : Main.Firings.Select(firing => firing.Trigger.ErrorMessage).FirstOrDefault(error => error is not null);

    private IReadOnlyList<(string Title, IReadOnlyList<LockFiring> Firings)> Lists => Outcome.Change is { } change
        ? [(Text["FiringsAfter"], change.After.Firings), (Text["OnlyBefore"], change.OnlyBefore), (Text["OnlyAfter"], change.OnlyAfter)]
        : [(Text["Firings"], Main.Firings)];

    protected override void OnInitialized()
    {
        _runs = Outcome switch
        {
            { Comparison: { } compared } => [(Text["PathLock"], Tone.None, compared.Locked), (Text["PathClose"], Tone.Warn, compared.Closed), (Text["PathHold"], Tone.Weak, compared.Held)],
            { Change: { } change } => [(Text["Before"], Tone.Weak, change.Before), (Text["After"], Tone.None, change.After)],
            _ => [(Text["WithTheRule"], Tone.None, Main)],
        };
        var rule = Outcome.Change is null ? Plan.Ask.Rule : Plan.Ask.Changed ?? Plan.Ask.Rule;
        _price = LockBacktestCharts.Price($"{Status.Id} price", Plan.Scene.Contract, rule, Main, PriceChartWords.In(Trading));
        _equity = LockBacktestCharts.Equity($"{Status.Id} equity", _runs);
    }
}
