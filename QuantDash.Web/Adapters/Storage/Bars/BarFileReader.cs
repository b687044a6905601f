using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;
using QuantDash.Core.Markets.History;

namespace QuantDash.Web.Adapters.Storage.Bars;

/// <summary>Reads one bar file, mapped, as far as it was committed when the reading began. A writer beside it only appends or puts a new file in its place.</summary>
internal sealed class BarFileReader : IDisposable
{
    private const int RecordsAtOnce = 512;
    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly MemoryMappedFile? _map;
    private readonly MemoryMappedViewAccessor? _view;

    private BarFileReader(string path, SafeFileHandle file)
    {
        (_path, _file) = (path, file);
        Span<byte> start = stackalloc byte[BarFileHeader.Size];
        Header = BarFileHeader.Read(start[..RandomAccess.Read(file, start, 0)], path);
        Count = CommittedRecords(file);
        if (Count == 0) return;
        _map = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        _view = _map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
    }

    public BarFileHeader Header { get; }

    public int Count { get; }

    public long From => Count == 0 ? 0 : StartAt(0);

    public long To => Count == 0 ? 0 : _view!.ReadInt64(At(Count - 1) + sizeof(long));

    public DateOnly? FirstDay => Count == 0 ? null : DayAt(0);

    public DateOnly? LastDay => Count == 0 ? null : DayAt(Count - 1);

    /// <summary>Throws <see cref="InvalidDataException"/> when it is no bar file of ours.</summary>
    public static BarFileReader Open(string path)
    {
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            return new(path, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>How many records count: up to the last that ends what was written together. A torn or unfinished rest does not.</summary>
    public static int CommittedRecords(SafeFileHandle file)
    {
        var count = Math.Max(0, RandomAccess.GetLength(file) - BarFileHeader.Size) / BarFileRecord.Size;
        Span<byte> record = stackalloc byte[BarFileRecord.Size];
        for (; count > 0; count--)
        {
            if (RandomAccess.Read(file, record, At((int)count - 1)) == record.Length && BarFileRecord.IsCommitted(record)) break;
        }

        return (int)count;
    }

    /// <summary>The bars that begin within [<paramref name="from"/>, <paramref name="to"/>). Throws <see cref="InvalidDataException"/> at a damaged record.</summary>
    public BarColumns Read(long from, long to)
    {
        var (first, end) = (IndexAtOrAfter(from), IndexAtOrAfter(to));
        var arrays = Unfilled(Math.Max(0, end - first));
        Span<byte> buffer = new byte[RecordsAtOnce * BarFileRecord.Size];
        for (var done = 0; done < arrays.Starts.Length; done += RecordsAtOnce)
        {
            var some = Math.Min(arrays.Starts.Length - done, RecordsAtOnce);
            _view!.SafeMemoryMappedViewHandle.ReadSpan((ulong)At(first + done), buffer[..(some * BarFileRecord.Size)]);
            var whole = BarFileRecord.Read(buffer[..(some * BarFileRecord.Size)], arrays, done);
            if (whole < some) throw new InvalidDataException($"Bar {first + done + whole} of {_path} is damaged.");
        }

        return new(Header.Key, Header.PriceTick, arrays);
    }

    public void Dispose()
    {
        _view?.Dispose();
        _map?.Dispose();
        _file.Dispose();
    }

    private static long At(int index) => BarFileHeader.Size + ((long)index * BarFileRecord.Size);

    /// <summary>Every entry is about to be written: zeros first would be half of the work.</summary>
    private static ColumnArrays Unfilled(int count) => new(
        Array<long>(count), Array<long>(count), Array<int>(count), Array<long>(count), Array<long>(count), Array<long>(count), Array<long>(count), Array<double>(count), Array<double>(count));

    private static T[] Array<T>(int count) => GC.AllocateUninitializedArray<T>(count);

    private DateOnly DayAt(int index) => BarFileRecord.Epoch.AddDays(_view!.ReadInt32(At(index) + BarFileRecord.DayAt));

    private long StartAt(int index) => _view!.ReadInt64(At(index));

    private int IndexAtOrAfter(long start)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (StartAt(middle) < start) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
