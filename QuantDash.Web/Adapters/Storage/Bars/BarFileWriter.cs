using Microsoft.Win32.SafeHandles;
using QuantDash.Core.Markets.History;

namespace QuantDash.Web.Adapters.Storage.Bars;

/// <summary>Writes bar files: a whole new one put in the place of the old, or bars behind the last. Either way a crash leaves what was there before.</summary>
internal static class BarFileWriter
{
    private const int RecordsAtOnce = 1024;

    public static void Replace(string path, BarColumns bars)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = path + ".new";
        using (var file = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write))
        {
            var header = new byte[BarFileHeader.Size];
            new BarFileHeader(bars.Key, bars.PriceTick).Write(header);
            RandomAccess.Write(file, header, 0);
            Write(file, bars, BarFileHeader.Size);
            RandomAccess.FlushToDisk(file);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Cuts what a crash left unfinished, then appends.</summary>
    public static void Append(string path, BarColumns bars)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        var end = BarFileHeader.Size + ((long)BarFileReader.CommittedRecords(file) * BarFileRecord.Size);
        if (end < RandomAccess.GetLength(file)) RandomAccess.SetLength(file, end);
        Write(file, bars, end);
        RandomAccess.FlushToDisk(file);
    }

    private static void Write(SafeFileHandle file, BarColumns bars, long at)
    {
        var buffer = new byte[RecordsAtOnce * BarFileRecord.Size];
        for (var done = 0; done < bars.Count; done += RecordsAtOnce)
        {
            var some = Math.Min(bars.Count - done, RecordsAtOnce);
            for (var i = 0; i < some; i++) BarFileRecord.Write(bars[done + i], done + i == bars.Count - 1, buffer.AsSpan(i * BarFileRecord.Size, BarFileRecord.Size));
            RandomAccess.Write(file, buffer.AsSpan(0, some * BarFileRecord.Size), at);
            at += some * BarFileRecord.Size;
        }
    }
}
