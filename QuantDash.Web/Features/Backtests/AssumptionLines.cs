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
        yield return record.Request.On == BacktestBasis.Ticks ? TickTerms(record, market.Currency, text) : Terms(record.Request, market.Currency, text);
        if (Funding(record.Request, report, text) is { } funding) yield return funding;
        if (record.Taken != ContractTaken.Catalog) yield return text["Taken" + record.Taken, market.Symbol];
    }

    public static string Parameters(BacktestRequest request) => string.Join(" · ", request.Parameters.Select(parameter => $"{parameter.Key} = {parameter.Value}"));

    /// <summary>Null: none was counted, and none asked for.</summary>
    public static string? Funding(BacktestRequest r, BacktestReport report, IStringLocalizer<BacktestsText> text)
    {
        var paid = Figures.Number(report.Statistics.Funding, 2);
        if (r.FundingRate is { } rate) return text["FundingRateLine", Figures.Percent(rate, 4), paid, report.Market.Currency].Value;
        return r.Funding is { } payments ? text["FundingLine", payments.Count(payment => payment.At >= report.Market.From && payment.At <= report.Market.To), payments.Count, paid, report.Market.Currency].Value : null;
    }

    /// <summary>Of a run over ticks.</summary>
    public static string TickTerms(BacktestRecord record, string currency, IStringLocalizer<BacktestsText> text)
    {
        var r = record.Request;
        var lines = new List<string>
        {
            text["TicksLine", Figures.Number(record.Ticks, 0), Figures.Number(record.TicksRefused, 0)], text["CashLine", Figures.Number(r.Cash, 2), currency], text["OwnFees"], text["FillsOfQuotes"],
            text["LatencyLine", Figures.Volume(r.LatencyMs), Figures.Volume(r.JitterMs)],
        };
        if (r.SessionsAlways == true) lines.Add(text["SessionsAlways"]);
        if (r.ExpiryNone == true) lines.Add(text["ExpiryNone"]);
        lines.Add(text["SeedLine", r.Seed]);
        return string.Join(" · ", lines);
    }

    public static string Terms(BacktestRequest r, string currency, IStringLocalizer<BacktestsText> text) => string.Join(
        " · ", text["CashLine", Figures.Number(r.Cash, 2), currency].Value, r.Commission is { } share ? text["CommissionLine", Figures.Percent(share, 4)].Value : text["OwnFees"].Value,
        text["SlippageLine", text["Slippage" + r.Slippage].Value, Figures.Volume(r.SlippageAmount)].Value, text["Fill" + r.Fill].Value, text["Path" + r.Path].Value, text["LimitFill" + r.LimitFill].Value,
        text["Adjustment" + r.Adjustment].Value, text["SeedLine", r.Seed].Value);
}
