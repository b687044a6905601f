using QuantDash.Core.Instruments;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Trading;

/// <summary>Which trading days accounts have settled: a calendar that says otherwise of them comes too late.</summary>
public sealed class BookedDays(IFundsHistory funds)
{
    /// <summary>The first day of which two calendars of a market differ although an account of its currency settled by the former one; null: there is none.</summary>
    public async Task<DateOnly?> FirstAgainstAsync(CalendarMarket market, TradingCalendar former, TradingCalendar next, CancellationToken stop = default)
    {
        foreach (var day in next.DifferencesTo(former))
        {
            // An evening, and a day on which nobody traded, belong to the trading day that follows.
            var follows = !former.IsTradingDay(day) || (next.IsTradingDay(day) && former.IsShortDay(day) == next.IsShortDay(day));
            if (await SettledAsync(market, follows ? former.NextTradingDay(day) : day, stop)) return day;
        }

        return null;
    }

    private async Task<bool> SettledAsync(CalendarMarket market, DateOnly day, CancellationToken stop) =>
        (await funds.SettlementsAsync(new() { TradingDay = day }, PageRequest.First, stop)).Items.Any(settled => settled.Funds.Currency == CurrencyOf(market));

    private static Currency CurrencyOf(CalendarMarket market) => market switch
    {
        CalendarMarket.China => Currency.Cny,
        CalendarMarket.HongKong => Currency.Hkd,
        CalendarMarket.NewYork => Currency.Usd,
    };
}
