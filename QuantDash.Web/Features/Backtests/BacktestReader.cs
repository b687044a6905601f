using System.Globalization;
using System.Text.Json;
using QuantDash.Core.Backtesting;
using QuantDash.Core.Backtesting.Reports;
using QuantDash.Core.Markets.History.Adjustment;
using QuantDash.Web.Api;

namespace QuantDash.Web.Features.Backtests;

/// <summary>Reads a backtest out of a body. What is wrong is kept in the body's problems.</summary>
internal static class BacktestReader
{
    public const int MostSymbols = 50;
    private const int MostParameters = 100;

    private static readonly string[] OverBars =
    [
        "adjustment", "adjustment_method", "commission", "slippage", "slippage_amount", "fill", "path", "limit_fill", "volume_share", "price_limits", "funding", "funding_rate", "sweep",
    ];

    private static readonly string[] OverTicks = ["latency_ms", "jitter_ms", "sessions_always", "expiry_none"];

    /// <summary>One request for each symbol; empty when something is wrong.</summary>
    public static IReadOnlyList<BacktestRequest> Read(JsonFields body)
    {
        body.Require("strategy");
        if (!body.HasValue("symbols")) body.Require("symbol");
        IReadOnlyList<string>? symbols = body.HasValue("symbols") ? body.Texts("symbols", MostSymbols) : body.Text("symbol") is { } symbol ? [symbol] : null;
        if (symbols is []) body.Refuse("symbols", "required");
        var standard = new BacktestRequest { Strategy = body.Text("strategy") ?? "", Symbol = "" };
        var basis = body.Choice<BacktestBasis>("on") ?? standard.On;
        foreach (var field in (basis == BacktestBasis.Ticks ? OverBars : OverTicks).Where(body.HasValue)) body.Refuse(field, basis == BacktestBasis.Ticks ? "backtest_bars_only" : "backtest_ticks_only");
        var request = standard with
        {
            On = basis,
            Parameters = Parameters(body),
            Source = body.Text("source"),
            Timeframe = body.Text("timeframe"),
            From = Day(body, "from"),
            To = Day(body, "to"),
            Adjustment = body.Choice<AdjustmentDirection>("adjustment") ?? standard.Adjustment,
            Method = body.Choice<AdjustmentMethod>("adjustment_method") ?? standard.Method,
            Cash = body.Number("cash") ?? standard.Cash,
            Commission = body.Number("commission"),
            Slippage = body.Choice<SlippageKind>("slippage") ?? standard.Slippage,
            SlippageAmount = body.Number("slippage_amount") ?? standard.SlippageAmount,
            Fill = body.Choice<FillTiming>("fill") ?? standard.Fill,
            Path = body.Choice<BarPath>("path") ?? standard.Path,
            LimitFill = body.Choice<LimitFill>("limit_fill") ?? standard.LimitFill,
            VolumeShare = body.Number("volume_share"),
            PriceLimits = body.Flag("price_limits") ?? standard.PriceLimits,
            Seed = body.Integer("seed", 0, int.MaxValue) ?? standard.Seed,
            FundingRate = body.Number("funding_rate"),
            Funding = BacktestFunding.Read(body),
            LatencyMs = body.Number("latency_ms") ?? standard.LatencyMs,
            JitterMs = body.Number("jitter_ms") ?? standard.JitterMs,
            SessionsAlways = body.Flag("sessions_always"),
            ExpiryNone = body.Flag("expiry_none"),
            Sweep = Sweep(body),
        };
        return body.Problems.Count > 0 ? [] : [.. symbols!.Distinct(StringComparer.Ordinal).Select(one => request with { Symbol = one })];
    }

    private static Dictionary<string, string> Parameters(JsonFields body)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!body.HasValue("parameters")) return texts;
        foreach (var (name, value) in body.Members("parameters", MostParameters))
        {
            if (Text(value) is { } text) texts[name] = text;
            else body.Refuse("parameters." + name, "not_text", value.GetRawText());
        }

        return texts;
    }

    /// <summary>Numbers and switches as they are written.</summary>
    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => JsonText.Read(value),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };

    private static SweepRequest? Sweep(JsonFields body)
    {
        if (!body.HasValue("sweep") || body.Object("sweep") is not { } sweep) return null;
        sweep.Require("x", "y");
        return Axis(sweep, "x") is { } x && Axis(sweep, "y") is { } y ? new(x, y) : null;
    }

    private static SweepAxis? Axis(JsonFields sweep, string name)
    {
        if (sweep.Object(name) is not { } axis) return null;
        axis.Require("parameter", "from", "to", "step");
        return axis.Text("parameter") is { } parameter && axis.Number("from") is { } from && axis.Number("to") is { } to && axis.Number("step") is { } step ? new(parameter, from, to, step) : null;
    }

    private static DateOnly? Day(JsonFields body, string name)
    {
        if (body.Text(name) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        body.Refuse(name, "not_a_day", text);
        return null;
    }
}
