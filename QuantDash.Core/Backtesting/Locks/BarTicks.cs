using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Backtesting.Locks;

/// <summary>Makes ticks out of bars: open, one extreme, the other, close, and the prices between them in a few even steps, so that a level within a bar is met close to
/// where it lies. Nobody knows the true path; which one was taken stands in the result.</summary>
public sealed class BarTicks(BarColumns bars, Contract contract, TradingCalendar calendar, bool sessionsAlways, BarPath path, Side held, int spreadTicks)
{
    public const int MostSpreadTicks = 100;

    /// <summary>From one corner of a bar to the next at most so many steps.</summary>
    private const int MostSteps = 8;

    public LockTicks Ticks() => new(Read, new(bars.Key.Timeframe.ToString(), path, spreadTicks));

    private IEnumerable<RawTick> Read()
    {
        for (var i = 0; i < bars.Count; i++)
        {
            foreach (var tick in Of(bars[i])) yield return tick;
        }
    }

    private IEnumerable<RawTick> Of(HistoryBar bar)
    {
        var prices = Prices(bar);
        var last = DateTimeOffset.FromUnixTimeMilliseconds(bar.Start);
        for (var i = 0; i < prices.Count; i++)
        {
            var at = DateTimeOffset.FromUnixTimeMilliseconds(bar.Start + ((bar.End - bar.Start) * i / prices.Count));
            // A bar that spans a break saw all of its prices while there was trading.
            if (i > 0 && (at <= last || !IsTraded(at))) at = last.AddMilliseconds(1);
            last = at;
            yield return Tick(at, prices[i] * bars.PriceTick);
        }
    }

    private bool IsTraded(DateTimeOffset at) => calendar.WindowAt(contract, at, sessionsAlways).Phase == SessionPhase.Continuous;

    private RawTick Tick(DateTimeOffset at, decimal price)
    {
        // A bar of adjusted prices may lie between two ticks of the contract.
        var ticks = (long)decimal.Round(price / contract.PriceTick);
        return new()
        {
            Timestamp = at,
            LastPrice = (double)contract.PriceAt(ticks).Value,
            BidPrice = ticks > spreadTicks ? (double)contract.PriceAt(ticks - spreadTicks).Value : null,
            AskPrice = (double)contract.PriceAt(ticks + spreadTicks).Value,
        };
    }

    private List<long> Prices(HistoryBar bar)
    {
        var highFirst = path switch
        {
            BarPath.Pessimistic => held == Side.Short,
            BarPath.HighFirst => true,
            BarPath.LowFirst => false,
            BarPath.NearestFirst => bar.High - bar.Open <= bar.Open - bar.Low,
            _ => throw new InvalidOperationException($"Unknown path {path}."),
        };
        List<long> prices = [bar.Open];
        Walk(prices, highFirst ? bar.High : bar.Low);
        Walk(prices, highFirst ? bar.Low : bar.High);
        Walk(prices, bar.Close);
        return prices;
    }

    private static void Walk(List<long> prices, long to)
    {
        var from = prices[^1];
        var steps = Math.Min(Math.Abs(to - from), MostSteps);
        for (var step = 1; step <= steps; step++) prices.Add(from + ((to - from) * step / steps));
    }
}
