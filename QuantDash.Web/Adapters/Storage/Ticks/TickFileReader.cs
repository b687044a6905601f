using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;
using QuantDash.Core.Markets;

namespace QuantDash.Web.Adapters.Storage.Ticks;

/// <summary>Reads the records of one tick file in order, up to the first that is not whole.</summary>
internal static class TickFileReader
{
    private const int RecordsAtOnce = 512;

    public static TickFileHeader ReadHeader(string path, out long count)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Span<byte> start = stackalloc byte[TickFileHeader.Size];
        var read = RandomAccess.Read(file, start, 0);
        var header = TickFileHeader.Read(start[..read], path);
        count = Math.Max(0, RandomAccess.GetLength(file) - TickFileHeader.Size) / TickFileRecord.SizeOf(header.HasMark);
        return header;
    }

    /// <summary>The last whole record; null when there is none.</summary>
    public static Tick? ReadLast(string path)
    {
        var record = new TickFileRecord(ReadHeader(path, out var count));
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var buffer = new byte[record.Size];
        for (var i = count - 1; i >= 0; i--)
        {
            if (RandomAccess.Read(file, buffer, TickFileHeader.Size + (i * record.Size)) == buffer.Length && record.IsWhole(buffer)) return record.Read(buffer);
        }
        return null;
    }

    /// <summary>As far as it was written when the reading began.</summary>
    /// <param name="isClosed">Nobody appends to it any more, so it may be mapped.</param>
    public static IEnumerable<Tick> Read(string path, bool isClosed)
    {
        var record = new TickFileRecord(ReadHeader(path, out var count));
        if (count == 0) yield break;
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var map = isClosed ? Map(file) : null;
        using var view = map?.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        var buffer = new byte[RecordsAtOnce * record.Size];
        for (var first = 0L; first < count; first += RecordsAtOnce)
        {
            var bytes = (int)Math.Min(count - first, RecordsAtOnce) * record.Size;
            Fill(file, view, TickFileHeader.Size + (first * record.Size), buffer.AsSpan(0, bytes));
            for (var at = 0; at < bytes; at += record.Size)
            {
                if (!record.IsWhole(buffer.AsSpan(at, record.Size))) yield break;
                yield return record.Read(buffer.AsSpan(at, record.Size));
            }
        }
    }

    private static MemoryMappedFile Map(SafeFileHandle file) =>
        MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);

    private static void Fill(SafeFileHandle file, MemoryMappedViewAccessor? view, long offset, Span<byte> buffer)
    {
        if (view is not null) view.SafeMemoryMappedViewHandle.ReadSpan((ulong)offset, buffer);
        else RandomAccess.Read(file, buffer, offset);
    }
}
