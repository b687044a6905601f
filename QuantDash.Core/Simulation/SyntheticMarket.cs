using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Simulation;

/// <summary>A made-up market for the demo and for load tests: each contract ticks every 250 to 500 ms. Same instruments, start and seed: same ticks.</summary>
public sealed class SyntheticMarket
{
    private readonly SyntheticBook[] _books;

    public SyntheticMarket(IReadOnlyList<SyntheticInstrument> instruments, DateTimeOffset start, ulong seed)
    {
        if (instruments.Count == 0) throw new ArgumentException("A market needs an instrument.", nameof(instruments));
        _books = [.. instruments.Select((instrument, i) => new SyntheticBook(instrument, start.AddMilliseconds(i), new SeededRandom(seed + ((ulong)i << 32))))];
    }

    /// <summary>When <see cref="Next"/> is due.</summary>
    public DateTimeOffset NextAt => Earliest().At;

    /// <summary>The next tick of any contract, in order of time.</summary>
    public (Symbol Symbol, RawTick Tick) Next()
    {
        var book = Earliest();
        return (book.Symbol, book.Next());
    }

    private SyntheticBook Earliest()
    {
        var earliest = _books[0];
        foreach (var book in _books)
        {
            if (book.At < earliest.At) earliest = book;
        }

        return earliest;
    }
}
