using System.Runtime.CompilerServices;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;

namespace QuantDash.Web.Features.Streams;

/// <summary>Tells one contract on one source: how it stands, then how it changes.</summary>
public sealed class MarketStream(MarketBoard board, EngineReads reads, StreamEpoch epoch, TimeProvider clock)
{
    /// <param name="source">Whose quotes.</param>
    /// <param name="symbol">Of which contract.</param>
    /// <param name="from">Where to go on; null: from how it stands.</param>
    /// <param name="pace">At most one change a time, the latest; zero: every one.</param>
    /// <param name="stop">Ends it.</param>
    public async IAsyncEnumerable<StreamMessage> ReadAsync(
        Source source, Symbol symbol, StreamPosition? from, TimeSpan pace, [EnumeratorCancellation] CancellationToken stop)
    {
        var tape = board.Follow(source.Name, symbol);
        var (number, isResumed) = Begin(tape, from);
        yield return await FirstAsync(tape, source, symbol, number, isResumed, stop);
        while (true)
        {
            await tape.Changes.AfterAsync(number).WaitAsync(stop);
            var slice = tape.Changes.ReadSince(number);
            var isConflated = pace > TimeSpan.Zero || slice.Missed > 0;
            foreach (var change in isConflated ? Latest(slice.Items) : slice.Items) yield return MessageOf(symbol, change);
            number = slice.LastNumber;
            if (pace > TimeSpan.Zero) await Task.Delay(pace, clock, stop);
        }
    }

    private (long Number, bool IsResumed) Begin(MarketTape tape, StreamPosition? from)
    {
        if (from is not { } position || position.Epoch != epoch.Value) return (tape.Changes.LastNumber, false);
        var slice = tape.Changes.ReadSince(position.Sequence);
        var isHere = position.Sequence <= slice.LastNumber && slice.Missed == 0;
        return isHere ? (position.Sequence, true) : (slice.LastNumber, false);
    }

    // Asked of the engine itself, after the numbering began: a published snapshot may be older than a tick that was not numbered.
    private async Task<MarketSnapshot> FirstAsync(MarketTape tape, Source source, Symbol symbol, long number, bool isResumed, CancellationToken stop)
    {
        var view = (await reads.SnapshotAsync(stop)).Quotes.FirstOrDefault(quote => quote.Source == source.Name && quote.Contract.Symbol == symbol);
        var quote = isResumed ? null : tape.Quote ?? (view is null ? null : QuoteAnswer.Of(view));
        return new(epoch.Value, number, isResumed, symbol.ToString(), source.Name.Value, source.Clock == SourceClock.Ticks, view?.Health, quote);
    }

    private static IEnumerable<MarketChange> Latest(IReadOnlyList<MarketChange> changes)
    {
        MarketChange?[] latest = [changes.LastOrDefault(change => change.Quote is not null), changes.LastOrDefault(change => change.Health is not null)];
        return latest.OfType<MarketChange>().OrderBy(change => change.Number);
    }

    private static StreamMessage MessageOf(Symbol symbol, MarketChange change) =>
        change.Quote is { } quote ? new QuoteMessage(change.Number, quote) : new HealthMessage(change.Number, symbol.ToString(), change.Health!.Value, change.At);
}
