using Microsoft.Extensions.Localization;
using QuantDash.Core.Backtesting.Reports;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Backtests;

/// <summary>What the numbers of a run rest on, in words.</summary>
internal static class AssumptionLines
{
    public static IEnumerable<string> Of(BacktestRecord record, BacktestReport report, IStringLocalizer<BacktestsText> text)
    {
        var market = report.Market;
        yield return text["SpanLine", ScreenTime.Full(market.From)[..16], ScreenTime.Full(market.To)[..16], Figures.Number(market.Bars, 0)];
        if (record.Request.Parameters.Count > 0) yield return Parameters(record.Request);
        yield return Terms(record.Request, market.Currency, text);
        if (record.Taken != ContractTaken.Catalog) yield return text["Taken" + record.Taken, market.Symbol];
    }

    public static string Parameters(BacktestRequest request) => string.Join(" · ", request.Parameters.Select(parameter => $"{parameter.Key} = {parameter.Value}"));

    public static string Terms(BacktestRequest r, string currency, IStringLocalizer<BacktestsText> text) => string.Join(
        " · ", text["CashLine", Figures.Number(r.Cash, 2), currency].Value, r.Commission is { } share ? text["CommissionLine", Figures.Percent(share, 4)].Value : text["OwnFees"].Value,
        text["SlippageLine", text["Slippage" + r.Slippage].Value, Figures.Volume(r.SlippageAmount)].Value, text["Fill" + r.Fill].Value, text["Path" + r.Path].Value, text["LimitFill" + r.LimitFill].Value,
        text["Adjustment" + r.Adjustment].Value, text["SeedLine", r.Seed].Value);
}
