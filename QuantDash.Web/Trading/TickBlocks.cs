using System.Collections;

namespace QuantDash.Web.Trading;

/// <summary>Ticks in order of arrival, in blocks that are small enough to die young: one array of thousands would be one more reason to collect the whole heap.</summary>
public sealed class TickBlocks : IReadOnlyList<SymbolTick>
{
    private const int Shift = 8;
    private const int BlockLength = 1 << Shift;
    private const int FirstLength = 4; // Most messages carry one tick.
    private readonly List<SymbolTick[]> _blocks = [];

    public int Count { get; private set; }

    /// <exception cref="ArgumentOutOfRangeException">There is no such tick.</exception>
    public SymbolTick this[int index] => (uint)index < (uint)Count
        ? _blocks[index >> Shift][index & (BlockLength - 1)]
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"There are {Count} ticks.");

    public void Add(in SymbolTick tick)
    {
        if (Count == 0) _blocks.Add(new SymbolTick[FirstLength]);
        else if (Count == _blocks[0].Length && Count < BlockLength) _blocks[0] = Longer(_blocks[0]);
        else if (Count == _blocks.Count << Shift) _blocks.Add(new SymbolTick[BlockLength]);
        _blocks[Count >> Shift][Count & (BlockLength - 1)] = tick;
        Count++;
    }

    public IEnumerator<SymbolTick> GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return this[i];
    }

    private static SymbolTick[] Longer(SymbolTick[] block)
    {
        Array.Resize(ref block, block.Length * 4);
        return block;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
