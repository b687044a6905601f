using System.Globalization;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Markets.History.Adjustment;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Backtests;

/// <summary>Which stored bars are wanted, in whatever spelling the symbol has.</summary>
/// <param name="Source">Null: the only one that has it.</param>
/// <param name="Timeframe">Null: the only one that is stored.</param>
/// <param name="From">First trading day; null: of the first bar.</param>
/// <param name="To">Last trading day; null: of the last bar.</param>
/// <param name="Method">How rolls are taken out; splits and dividends of factor files are ratios.</param>
/// <param name="Factors">LEAN's factor file; null: the one beside the store.</param>
/// <param name="Rolls">wondertrader's list; null: the one beside the store.</param>
public sealed record BarWish(
    string Symbol, string? Source, Timeframe? Timeframe, DateOnly? From, DateOnly? To, AdjustmentDirection Adjustment = AdjustmentDirection.Raw, AdjustmentMethod Method = AdjustmentMethod.Ratio,
    string? Factors = null, string? Rolls = null);

/// <summary>The series that serves a wish.</summary>
/// <param name="Series">Of the wanted timeframe, or the longest that makes it up.</param>
/// <param name="Timeframe">The wanted one.</param>
public sealed record ChosenSeries(SeriesTerms Terms, StoredBars Series, Timeframe Timeframe);

/// <summary>Bars of the store as a backtest wants them: found by symbol, timeframe and span, put together to longer ones and adjusted where that is asked for.</summary>
public sealed class BarFinder(ContractCatalog catalog, IBarArchive archive, AdjustmentFiles files, TimeProvider clock)
{
    /// <summary>The series, without reading its bars. Codes: <c>backtest_no_series</c>, <c>backtest_source_needed</c>, <c>backtest_timeframe_needed</c>, <c>backtest_no_timeframe</c>, <c>backtest_no_bars</c>,
    /// <c>backtest_span</c>, and those of a wrong symbol.</summary>
    public Outcome<ChosenSeries> Find(BarWish wish)
    {
        var terms = SeriesTerms.Find(catalog, wish.Symbol, wish.To ?? wish.From ?? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        if (!terms.Succeeded) return Outcome<ChosenSeries>.Failure(terms.Problems);
        var symbol = terms.Value.Symbol.ToString();
        var stored = archive.Catalogue(symbol: terms.Value.Symbol).Series.Where(series => series.Count > 0 && (wish.Source is null || series.Key.Source.Value == wish.Source)).ToList();
        if (stored.Count == 0) return Refusal("symbol", "backtest_no_series", wish.Source is null ? symbol : $"{symbol} ({wish.Source})");
        var sources = stored.Select(series => series.Key.Source.Value).Distinct().ToList();
        if (sources.Count > 1) return Refusal("source", "backtest_source_needed", symbol, string.Join(", ", sources));
        return Of(wish, terms.Value, stored);
    }

    /// <summary>Reads the bars of a chosen series. Blocks while it does.</summary>
    public Outcome<BarColumns> Read(ChosenSeries chosen, BarWish wish)
    {
        if (archive.Read(chosen.Series.Key) is not { Count: > 0 } all) return Outcome<BarColumns>.Failure("symbol", "backtest_no_series", chosen.Terms.Symbol.ToString());
        var bars = Within(all, wish);
        if (bars.Count == 0) return Outcome<BarColumns>.Failure(OutsideOf(chosen.Series, wish));
        bars = BarResampling.Resample(bars, chosen.Timeframe, chosen.Terms.Sessions?.UtcOffset ?? TimeSpan.Zero);
        if (wish.Adjustment == AdjustmentDirection.Raw) return Outcome<BarColumns>.Success(bars);
        var events = files.Events(chosen.Terms, DateOnly.FromDayNumber(bars.TradingDays.Span[0]), wish);
        return events.Succeeded ? Outcome<BarColumns>.Success(BarAdjustment.Adjust(bars, events.Value, wish.Adjustment)) : Outcome<BarColumns>.Failure(events.Problems);
    }

    private static Outcome<ChosenSeries> Of(BarWish wish, SeriesTerms terms, List<StoredBars> stored)
    {
        var names = string.Join(", ", stored.Select(series => series.Key.Timeframe));
        if (wish.Timeframe is null && stored.Count > 1) return Refusal("timeframe", "backtest_timeframe_needed", names);
        var timeframe = wish.Timeframe ?? stored[0].Key.Timeframe;
        if (stored.Where(series => BarResampling.CanMake(series.Key.Timeframe, timeframe)).MaxBy(series => series.Key.Timeframe) is not { } series)
            return Refusal("timeframe", "backtest_no_timeframe", timeframe.ToString(), terms.Symbol.ToString(), names);
        if (wish.From > wish.To) return Refusal("from", "backtest_span", Text(wish.From), Text(wish.To));
        return wish.From > series.LastDay || wish.To < series.FirstDay ? Outcome<ChosenSeries>.Failure(OutsideOf(series, wish)) : Outcome<ChosenSeries>.Success(new(terms, series, timeframe));
    }

    private static IReadOnlyList<Problem> OutsideOf(StoredBars series, BarWish wish) =>
        [new(wish.From > series.LastDay || wish.To is null ? "from" : "to", "backtest_no_bars", series.Key.Symbol.ToString(), Text(wish.From), Text(wish.To), Text(series.FirstDay), Text(series.LastDay))];

    /// <summary>Trading days rise with the bars.</summary>
    private static BarColumns Within(BarColumns bars, BarWish wish)
    {
        if (wish.From is null && wish.To is null) return bars;
        var days = bars.TradingDays.Span;
        var (first, end) = (0, bars.Count);
        while (first < bars.Count && wish.From is { } from && days[first] < from.DayNumber) first++;
        while (end > first && wish.To is { } to && days[end - 1] > to.DayNumber) end--;
        return first == end ? BarColumns.Empty(bars.Key, bars.PriceTick) : bars.Between(bars.Starts.Span[first], bars.Starts.Span[end - 1] + 1);
    }

    private static Outcome<ChosenSeries> Refusal(string field, string code, params object?[] values) => Outcome<ChosenSeries>.Failure([new Problem(field, code, values)]);

    private static string Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "…";
}
