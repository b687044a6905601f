using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.Localization;
using QuantDash.Core.Backtesting;
using QuantDash.Core.Backtesting.Reports;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Backtests;

/// <summary>A report as one file: text, tables and drawings within it, nothing from outside, readable for as long as there are browsers.</summary>
internal sealed class BacktestHtml(IStringLocalizer<BacktestsText> text)
{
    private const int MostTrades = 2_000;
    private const int MostMarkers = 150;

    private const string Style = """
        :root{color-scheme:light dark;--bg:#fff;--ink:#1b2530;--weak:#5b6875;--line:#d5dce3;--up:#b3261e;--down:#0f7a53;--info:#1d5fc4;--warn:#9a5b00}
        @media(prefers-color-scheme:dark){:root{--bg:#0b0f14;--ink:#c9d2db;--weak:#93a1b0;--line:#34424f;--up:#ff7a78;--down:#35c28f;--info:#74bdff;--warn:#f0b551}}
        body{margin:0 auto;padding:16px;max-width:1100px;background:var(--bg);color:var(--ink);font:14px/1.5 system-ui,"PingFang SC","Microsoft YaHei",sans-serif}
        h1{font-size:20px}h2{font-size:16px;margin:24px 0 8px}p{margin:4px 0}.weak{color:var(--weak)}.up{color:var(--up)}.down{color:var(--down)}.info{color:var(--info)}.warn{color:var(--warn)}
        table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;font-size:13px}td,th{padding:3px 8px;border-bottom:1px solid var(--line);text-align:right;white-space:nowrap}
        th:first-child,td:first-child{text-align:left}.wide{overflow-x:auto}.groups{display:grid;gap:0 24px;grid-template-columns:repeat(auto-fit,minmax(240px,1fr))}svg{display:block;height:auto}
        """;

    /// <param name="language">Of its texts.</param>
    public string Of(BacktestRecord record, BacktestReport report, CultureInfo language)
    {
        var (before, beforeUi) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (language, language);
        try
        {
            return Write(record, report, language);
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (before, beforeUi);
        }
    }

    private string Write(BacktestRecord record, BacktestReport report, CultureInfo language)
    {
        var title = $"{record.Request.Strategy} · {report.Market.Symbol} {report.Market.Timeframe}";
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<!doctype html><html lang=\"{language.Name}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{Escaped(title)}</title><style>{Style}</style></head><body><h1>{Escaped(title)}</h1>");
        foreach (var line in AssumptionLines.Of(record, report, text)) html.Append(CultureInfo.InvariantCulture, $"<p class=\"weak\">{Escaped(line)}</p>");
        if (record.Request.Fill == FillTiming.SameClose) html.Append(CultureInfo.InvariantCulture, $"<p class=\"warn\">{Escaped(text["LookAhead"])}</p>");
        Statistics(html, report.Statistics);
        Picture(html, "Equity", label => ReportDrawings.Equity(report, label));
        html.Append(CultureInfo.InvariantCulture, $"<p><span class=\"info\">━ {Escaped(text["Equity"])}</span> <span class=\"weak\">━ {Escaped(text["Benchmark"])}</span></p>");
        Picture(html, "Drawdown", label => ReportDrawings.Fall(report, label));
        Picture(html, "ExposureOverTime", label => ReportDrawings.Exposure(report, label));
        Picture(html, "TradesOnChart", label => ReportDrawings.Trades(report, label, MostMarkers));
        Months(html, report);
        Years(html, report);
        Picture(html, "RollingSharpe", label => ReportDrawings.RollingSharpe(report, label));
        Picture(html, "DistributionOfDays", label => ReportDrawings.Returns(report, label));
        if (report.Trades.Count > 0)
        {
            Picture(html, "DistributionOfTrades", label => ReportDrawings.TradeResults(report, label));
            Picture(html, "MaeScatter", label => ReportDrawings.Excursions(report.Trades, label, trade => trade.Mae));
            Picture(html, "MfeScatter", label => ReportDrawings.Excursions(report.Trades, label, trade => trade.Mfe));
        }

        Trades(html, report);
        return html.Append("</body></html>").ToString();
    }

    private void Statistics(StringBuilder html, BacktestStatistics statistics)
    {
        html.Append("<div class=\"groups\">");
        foreach (var (group, rows) in StatisticRow.All)
        {
            html.Append(CultureInfo.InvariantCulture, $"<div><h2>{Escaped(text[group])}</h2><table>");
            foreach (var row in rows) html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Escaped(text["S" + row.Name])}</td><td>{Escaped(row.Text(statistics))}</td></tr>");
            html.Append("</table></div>");
        }

        html.Append("</div>");
    }

    private void Picture(StringBuilder html, string name, Func<string, string> draw) =>
        html.Append(CultureInfo.InvariantCulture, $"<h2>{Escaped(text[name])}</h2>{draw(text[name])}");

    private void Months(StringBuilder html, BacktestReport report)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h2>{Escaped(text["Monthly"])}</h2><div class=\"wide\"><table><tr><th>{Escaped(text["Year"])}</th>");
        for (var month = 1; month <= 12; month++) html.Append(CultureInfo.InvariantCulture, $"<th>{month}</th>");
        html.Append(CultureInfo.InvariantCulture, $"<th>{Escaped(text["WholeYear"])}</th></tr>");
        foreach (var year in DailyReturns.ByMonth(report.Days))
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{year.Year}</td>{string.Concat(year.Months.Append(year.Total).Select(Toned))}</tr>");
        html.Append("</table></div>");
    }

    private void Years(StringBuilder html, BacktestReport report)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h2>{Escaped(text["PerYear"])}</h2><div class=\"wide\"><table><tr>");
        foreach (var head in (string[])["Year", "SPnl", "STotalReturn", "SMaxDrawdown", "SSharpe", "SFees", "STrades"]) html.Append(CultureInfo.InvariantCulture, $"<th>{Escaped(text[head])}</th>");
        html.Append("</tr>");
        foreach (var year in DailyReturns.ByYear(report.Days, report.Trades))
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{year.Year}</td><td>{Figures.Number(year.Pnl, 2, signed: true)}</td>{Toned(year.Return)}{Toned(year.MaxDrawdown)}<td>{Figures.Number((decimal?)year.Sharpe, 2)}</td><td>{Figures.Number(year.Fees, 2)}</td><td>{year.Trades}</td></tr>");
        html.Append("</table></div>");
    }

    private void Trades(StringBuilder html, BacktestReport report)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h2>{Escaped(text["TradeList"])}</h2>");
        if (report.Trades.Count > MostTrades) html.Append(CultureInfo.InvariantCulture, $"<p class=\"weak\">{Escaped(text["LatestTrades", MostTrades, report.Trades.Count])}</p>");
        html.Append("<div class=\"wide\"><table><tr>");
        foreach (var head in (string[])["Entry", "Side", "Volume", "EntryPrice", "Exit", "ExitPrice", "SPnl", "Fee", "Net", "Mae", "Mfe"]) html.Append(CultureInfo.InvariantCulture, $"<th>{Escaped(text[head])}</th>");
        html.Append("</tr>");
        foreach (var t in report.Trades.Skip(report.Trades.Count - MostTrades))
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{ScreenTime.Full(t.EntryTime)[..16]}</td><td>{Escaped(text["Side" + t.Side])}</td><td>{Figures.Volume(t.Volume)}</td><td>{Figures.Volume(t.EntryPrice)}</td><td>{ScreenTime.Full(t.ExitTime)[..16]}</td><td>{Figures.Volume(t.ExitPrice)}</td><td>{Figures.Number(t.Pnl, 2, signed: true)}</td><td>{Figures.Number(t.Fee, 2)}</td><td class=\"{(t.Net > 0 ? "up" : "down")}\">{Figures.Number(t.Net, 2, signed: true)}</td><td>{Figures.Number(t.Mae, 2)}</td><td>{Figures.Number(t.Mfe, 2)}</td></tr>");
        html.Append("</table></div>");
    }

    private static string Toned(double? ratio) => $"<td class=\"{Tones.Of((decimal?)ratio).Css()}\">{(ratio is null ? "" : Figures.Percent((decimal)ratio, 2))}</td>";

    private static string Escaped(string plain) => WebUtility.HtmlEncode(plain);
}
