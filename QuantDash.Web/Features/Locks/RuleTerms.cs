using Microsoft.Extensions.Localization;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Locks;

/// <summary>The conditions of a rule in one line, with its levels.</summary>
internal static class RuleTerms
{
    public static string Of(LockRule rule, int places, IStringLocalizer<TradingText> words)
    {
        var (above, below) = rule.Direction == Side.Long ? ("≥", "≤") : ("≤", "≥");
        string At(decimal value) => Figures.Number(value, places);
        List<string> parts = [];
        if (rule.ProfitLockThreshold is { } profit) parts.Add($"{words["ConditionProfit"]} ≥ {Figures.Number(profit, 0)}");
        if (rule.TriggerPrice is { } price) parts.Add($"{words["ConditionPrice"]} {above} {At(price.Value)}");
        if (rule.Stages.Count > 0)
        {
            var (name, sign) = rule.TriggerType == TriggerType.Profit ? ("ConditionProfit", "≥") : ("ConditionPrice", above);
            parts.Add($"{words[name]} {sign} {string.Join(" / ", rule.Stages.Select(s => $"{At(s.Level)} ({Figures.Percent(s.Ratio.Value, 0)})"))}");
        }

        if (rule.TrailingDistance is { } distance) parts.Add($"{words["ConditionTrailing"]} {TrailingText(rule.TrailingMode, distance, places)}");
        if (rule.StopLossPrice is { } stop) parts.Add($"{words["ConditionStop"]} {below} {At(stop.Value)}");
        if (rule.TriggerTime is { } time) parts.Add($"{words["ConditionTime"]} {time}");
        if (rule.RelockPrice is { } again) parts.Add($"{words["Relock"]} {At(again.Value)}");
        if (rule.RelockTicks is { } ticks) parts.Add($"{words["Relock"]} {ticks} {words["TicksAgainst"]}");
        return string.Join(" · ", parts);
    }

    private static string TrailingText(TrailingMode mode, decimal distance, int places) => mode switch
    {
        TrailingMode.Ratio => Figures.Percent(distance, 2),
        TrailingMode.Atr => $"{Figures.Number(distance, 1)} ATR",
        _ => Figures.Number(distance, places),
    };
}
