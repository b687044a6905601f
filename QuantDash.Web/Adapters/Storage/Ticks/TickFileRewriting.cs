using QuantDash.Core.Markets;

namespace QuantDash.Web.Adapters.Storage.Ticks;

/// <summary>Writes a day's file anew beside the old one and puts it in its place: a crash leaves one or the other.</summary>
internal static class TickFileRewriting
{
    private const int RecordsAtOnce = 4096;

    public static void Replace(string path, TickFileHeader header, IEnumerable<Tick> ticks)
    {
        var temporary = path + ".new";
        File.Delete(temporary);
        using (var writer = TickFileWriter.Open(temporary, header))
        {
            foreach (var some in ticks.Chunk(RecordsAtOnce)) writer.Append(some);
            writer.FlushToDisk();
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>A day that was begun by a version without mark prices goes on with them; what it holds already has none.</summary>
    public static void AddMarks(string path, TickFileHeader header)
    {
        if (!File.Exists(path) || new FileInfo(path).Length < TickFileHeader.Size) return;
        var found = TickFileReader.ReadHeader(path, out _);
        if (!found.HasMark && found.HasUnitsOf(header)) Replace(path, header, TickFileReader.Read(path, isClosed: false));
    }
}
