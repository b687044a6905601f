using QuantDash.Core.Markets;
using QuantDash.Core.Markets.History;

namespace QuantDash.Web.Features.Backtests;

/// <summary>A stored symbol of one source, with what can be made of it.</summary>
public sealed record SeriesChoice(string Symbol, string Source, IReadOnlyList<Timeframe> Stored, DateOnly From, DateOnly To)
{
    public string Key => $"{Source} {Symbol}";

    /// <summary>Shortest first.</summary>
    public IReadOnlyList<Timeframe> Timeframes { get; init; } = [.. Timeframe.Common.Concat(Stored).Distinct().Where(wanted => Stored.Any(stored => BarResampling.CanMake(stored, wanted))).Order()];

    public static IReadOnlyList<SeriesChoice> Of(BarCatalogue catalogue) =>
    [
        .. catalogue.Series.Where(series => series.Count > 0).GroupBy(series => (series.Key.Source, series.Key.Symbol)).Select(group => new SeriesChoice(
            group.Key.Symbol.ToString(), group.Key.Source.Value, [.. group.Select(series => series.Key.Timeframe).Order()], group.Min(series => series.FirstDay!.Value), group.Max(series => series.LastDay!.Value))),
    ];

    /// <summary>Of ticks any bars within a day can be made.</summary>
    public static IReadOnlyList<SeriesChoice> Of(IReadOnlyList<TickDay> days) =>
    [
        .. days.Where(day => day.Count > 0).GroupBy(day => (day.Source, day.Symbol)).Select(group => new SeriesChoice(
            group.Key.Symbol.ToString(), group.Key.Source.Value, [], group.Min(day => day.TradingDay), group.Max(day => day.TradingDay))
        {
            Timeframes = [.. Timeframe.Common.Where(timeframe => !timeframe.IsDay).Order()],
        }),
    ];
}

/// <summary>What a backtest can run over.</summary>
public sealed class SeriesChoices(IBarArchive bars, ITickArchive ticks)
{
    public IReadOnlyList<SeriesChoice> Of(BacktestBasis basis) => basis == BacktestBasis.Bars ? SeriesChoice.Of(bars.Catalogue()) : SeriesChoice.Of(ticks.Days());
}
