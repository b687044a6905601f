using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Backtesting.Ticks;

/// <summary>Stored ticks of one trading day, of several symbols in order of time; of equal times in the order of the symbols.</summary>
internal static class TickFeed
{
    public static IEnumerable<(Symbol Symbol, RawTick Tick)> Of(ITickArchive archive, SourceName source, IReadOnlyList<TickDay> days)
    {
        var (streams, queue) = (new List<IEnumerator<Tick>>(), new PriorityQueue<int, (DateTimeOffset, int)>());
        try
        {
            for (var i = 0; i < days.Count; i++)
            {
                streams.Add(archive.Read(source, days[i].Symbol, days[i].TradingDay).GetEnumerator());
                if (streams[i].MoveNext()) queue.Enqueue(i, (streams[i].Current.OccurredAt, i));
            }

            while (queue.TryDequeue(out var next, out _))
            {
                yield return (days[next].Symbol, RawTick.Of(streams[next].Current, days[next].PriceTick));
                if (streams[next].MoveNext()) queue.Enqueue(next, (streams[next].Current.OccurredAt, next));
            }
        }
        finally
        {
            streams.ForEach(stream => stream.Dispose());
        }
    }
}
