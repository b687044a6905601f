using Microsoft.Extensions.Localization;
using QuantDash.Core.Backtesting.Locks;
using QuantDash.Core.Locking;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Locks.Backtests;

/// <summary>The answer in one sentence, and what it rests on.</summary>
public sealed class LockBacktestWords(IStringLocalizer<LockBacktestText> text, IStringLocalizer<TradingText> words)
{
    public string Answer(LockBacktestOutcome outcome, int places) => outcome switch
    {
        { Fired: { } fired } => Fired(fired.Rules[0], places),
        { Comparison: { } compared } => Compared(compared),
        { Change: { } change } => Changed(change),
        { Sweep: { } sweep } => Swept(sweep),
        _ => throw new InvalidOperationException("An outcome without an answer."),
    };

    public string Basis(LockBacktestResult run, LockBacktestPlan plan)
    {
        var (count, from, to) = (Figures.Number(run.Ticks, 0), ScreenTime.Full(run.From)[..19], ScreenTime.Full(run.To)[..19]);
        var basis = run.Bars is { } bars
            ? text["BasisBars", count, bars.Timeframe, plan.Source.Value, text["Path" + bars.Path].Value, bars.SpreadTicks, from, to].Value
            : text["BasisTicks", count, plan.Source.Value, from, to].Value;
        return string.Join(' ', [basis, .. run.Refused > 0 ? [text["BasisRefused", Figures.Number(run.Refused, 0)].Value] : Array.Empty<string>(), Begin(plan), .. Clicks(plan), .. plan.Ask.Beside.Count > 0 ? [text.Count("BasisBeside", plan.Ask.Beside.Count)] : Array.Empty<string>()]);
    }

    private string Begin(LockBacktestPlan plan)
    {
        var lots = plan.Scene.Lots;
        var volume = lots.Sum(lot => lot.Volume.Value);
        return lots.All(lot => lot.OpenPrice is not null)
            ? text.Count("BasisHeld", Figures.Volume(volume), Figures.Number(lots.Sum(lot => lot.OpenPrice!.Value.Value * lot.Volume.Value) / volume, plan.Scene.Contract.Places()))
            : text.Count("BasisEntered", Figures.Volume(volume));
    }

    private IEnumerable<string> Clicks(LockBacktestPlan plan)
    {
        if (!plan.Ask.Rule.AutoExecute) yield return plan.Ask.ConfirmAfterSeconds is { } seconds ? text["BasisConfirmed", seconds] : text["BasisUnconfirmed"];
    }

    public string Name(LockParameter parameter) => text["Parameter" + parameter];

    public string Value(LockParameter parameter, decimal value) => parameter == LockParameter.LockRatio ? Figures.Percent(value, 0) : value.ToString("#,0.########", System.Globalization.CultureInfo.CurrentCulture);

    private string Fired(RuleAnswer answer, int places)
    {
        if (answer.Fired)
        {
            var first = answer.Firings[0].Trigger;
            return text.Count("AnswerFired", answer.Firings.Count, ScreenTime.Full(first.TickTimestamp), words["Condition" + first.Condition].Value, Figures.Number(first.TriggerPrice.Value, places));
        }

        if (answer.Nearest is { } near)
            return text["AnswerNear", ScreenTime.Full(near.At), words["Condition" + near.Condition].Value, near.DistanceTicks, Figures.Number(near.Now, near.Condition == ConditionKind.Profit ? 0 : places), Figures.Number(near.Level?.Value, places)];
        return text["AnswerNever", answer.Why is { } why && words["Why" + why] is { ResourceNotFound: false } known ? known.Value : answer.Why ?? text["AnswerNeverLevel"].Value];
    }

    private string Compared(LockComparison compared)
    {
        var results = new (string Name, decimal? Profit)[] { (text["PathLock"], compared.Locked?.Profit), (text["PathClose"], compared.Closed.Profit), (text["PathHold"], compared.Held.Profit) };
        var known = results.Where(one => one.Profit is not null).OrderByDescending(one => one.Profit).ToList();
        if (compared.Closed.Firings.Count == 0) return text["AnswerCompareNone", Money(compared.Held.Profit)];
        return known.Count == 0 ? text["AnswerUnknown"] : text["AnswerCompare", known[0].Name, string.Join(" · ", known.Select(one => $"{one.Name} {Money(one.Profit)}"))];
    }

    private string Changed(LockChange change)
    {
        var (before, after) = (change.Before.Firings.Count, change.After.Firings.Count);
        if (change.OnlyBefore.Count == 0 && change.OnlyAfter.Count == 0) return text.Count("AnswerSame", before);
        return text.Count(change.Difference >= 0 ? "AnswerBetter" : "AnswerWorse", after, before, Money(change.Difference is { } difference ? Math.Abs(difference) : null, signed: false), Money(change.FeesDifference));
    }

    private string Swept(LockSweepOutcome sweep)
    {
        if (sweep.Best is not { } best) return text["AnswerUnknown"];
        var at = sweep.Y is { } other && best.Y is { } y
            ? text["AtTwo", Name(sweep.X), Value(sweep.X, best.X), Name(other), Value(other, y)].Value
            : $"{Name(sweep.X)} {Value(sweep.X, best.X)}";
        return text.Count("AnswerSweep", best.Firings, at, Money(best.Profit), Money(sweep.Held.Profit));
    }

    private static string Money(decimal? value, bool signed = true) => Figures.Number(value, 0, signed);
}
