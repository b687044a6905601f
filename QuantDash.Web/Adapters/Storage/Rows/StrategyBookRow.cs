using QuantDash.Core.Hosting;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>strategy_books</c>: what a strategy holds of a contract, and what it made of it.</summary>
internal sealed class StrategyBookRow
{
    public Guid StrategyId { get; set; }
    public required string Symbol { get; set; }
    public decimal LongVolume { get; set; }
    public decimal LongToday { get; set; }
    public decimal LongCost { get; set; }
    public decimal ShortVolume { get; set; }
    public decimal ShortToday { get; set; }
    public decimal ShortCost { get; set; }
    public DateOnly? TradingDay { get; set; }
    public decimal RealisedToday { get; set; }
    public decimal FeesToday { get; set; }
    public decimal FloatingAtStart { get; set; }
    public decimal RealisedTotal { get; set; }
    public decimal FeesTotal { get; set; }

    public static StrategyBookRow From(StrategyBook book) => new()
    {
        StrategyId = book.InstanceId,
        Symbol = book.Symbol.ToString(),
        LongVolume = book.Long.Volume,
        LongToday = book.Long.Today,
        LongCost = book.Long.Cost,
        ShortVolume = book.Short.Volume,
        ShortToday = book.Short.Today,
        ShortCost = book.Short.Cost,
        TradingDay = book.Day,
        RealisedToday = book.RealisedToday,
        FeesToday = book.FeesToday,
        FloatingAtStart = book.FloatingAtStart,
        RealisedTotal = book.RealisedTotal,
        FeesTotal = book.FeesTotal,
    };

    public StrategyBook ToBook() => new()
    {
        InstanceId = StrategyId,
        Symbol = Core.Primitives.Symbol.ParseCanonical(Symbol),
        Long = new(LongVolume, LongToday, LongCost),
        Short = new(ShortVolume, ShortToday, ShortCost),
        Day = TradingDay,
        RealisedToday = RealisedToday,
        FeesToday = FeesToday,
        FloatingAtStart = FloatingAtStart,
        RealisedTotal = RealisedTotal,
        FeesTotal = FeesTotal,
    };
}
