using System.Collections;
using System.Runtime.CompilerServices;

namespace QuantDash.Core.Backtesting;

/// <summary>Records of a run in the order they were made, in blocks that never have to be moved because there are more of them. A short run's blocks are small and die young; those that a long run needs
/// beyond them are so large that the collector leaves them where they are, which is what keeps it from copying all records of a long run twice.</summary>
internal sealed class BlockLog<T> : IReadOnlyList<T>
    where T : struct
{
    private const int SmallBytes = 32 * 1024;
    private const int LargeBytes = 512 * 1024;
    private const int SmallBlocks = 24;

    private static readonly int SmallLength = SmallBytes / Unsafe.SizeOf<T>();
    private static readonly int LargeLength = LargeBytes / Unsafe.SizeOf<T>();
    private static readonly int AllSmall = SmallBlocks * SmallLength;

    private readonly List<T[]> _blocks = [];
    private T[] _last = [];
    private int _used;

    public int Count { get; private set; }

    public T this[int index]
    {
        get => At(index);
        set => At(index) = value;
    }

    public void Add(in T record)
    {
        if (_used == _last.Length) Grow();
        _last[_used++] = record;
        Count++;
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Grow()
    {
        _last = GC.AllocateUninitializedArray<T>(_blocks.Count < SmallBlocks ? SmallLength : LargeLength);
        _blocks.Add(_last);
        _used = 0;
    }

    private ref T At(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        if (index < AllSmall) return ref _blocks[index / SmallLength][index % SmallLength];
        var beyond = index - AllSmall;
        return ref _blocks[SmallBlocks + (beyond / LargeLength)][beyond % LargeLength];
    }
}
