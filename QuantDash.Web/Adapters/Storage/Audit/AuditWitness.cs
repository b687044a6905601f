using System.Globalization;
using System.Text;
using QuantDash.Core.Audit;

namespace QuantDash.Web.Adapters.Storage.Audit;

/// <summary>What was in the chain when, kept outside the database: a line <c>number hash</c> for each entry in <c>audit.heads</c> of the data directory. Whoever makes
/// the chain anew from some entry on contradicts it there.</summary>
internal sealed class AuditWitness(string dataDirectory) : IDisposable
{
    public const string FileName = "audit.heads";
    private const int EndBytes = 4096;
    private readonly string _path = Path.Combine(dataDirectory, FileName);
    private readonly StringBuilder _lines = new();
    private FileStream? _file;

    /// <summary>Everything noted, in the order it was. A line that was cut off by a crash ends it.</summary>
    public IEnumerable<AuditHead> Read()
    {
        if (!File.Exists(_path)) yield break;
        using var file = OpenToRead();
        using var text = new StreamReader(file, Encoding.ASCII);
        while (text.ReadLine() is { } line && HeadOf(line) is { } head) yield return head;
    }

    /// <summary>The last note; none when nothing was noted.</summary>
    public AuditHead Last() => LookAtEnd().Last;

    /// <summary>Notes entries that are durable in the database. Handed to the system at once, so that a killed process loses nothing of it.</summary>
    public void Note(IEnumerable<AuditHead> heads)
    {
        _lines.Clear();
        foreach (var head in heads) _lines.Append(CultureInfo.InvariantCulture, $"{head.Number} {head.Hash}\n");
        if (_lines.Length == 0) return;
        Open();
        _file!.Write(Encoding.ASCII.GetBytes(_lines.ToString()));
        _file.Flush();
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    /// <summary>Makes ready to note: the first order must not wait for it.</summary>
    public void Open()
    {
        if (_file is not null) return;
        Directory.CreateDirectory(dataDirectory);
        var (_, whole, isOpenLine) = LookAtEnd();
        var file = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read | FileShare.Delete);
        if (file.Length > whole) file.SetLength(whole); // What a crash cut off was never a whole note.
        file.Seek(0, SeekOrigin.End);
        if (isOpenLine) file.WriteByte((byte)'\n');
        _file = file;
    }

    /// <summary>The last note, how many bytes are whole notes, and whether the last of them lacks its end of line. The file of a year is long, and its end says it; all of it is read only
    /// when the end holds no note.</summary>
    private (AuditHead Last, long Whole, bool IsOpenLine) LookAtEnd()
    {
        if (!File.Exists(_path)) return (AuditHead.None, 0, false);
        using var file = OpenToRead();
        var start = Math.Max(0, file.Length - EndBytes);
        return start > 0 && LookFrom(file, start) is { Last.Number: > 0 } end ? end : LookFrom(file, 0);
    }

    /// <param name="file">Read to its end.</param>
    /// <param name="start">In the middle of a line, unless it is 0: that line is left out.</param>
    private static (AuditHead Last, long Whole, bool IsOpenLine) LookFrom(FileStream file, long start)
    {
        file.Seek(start, SeekOrigin.Begin);
        using var text = new StreamReader(file, Encoding.Latin1, leaveOpen: true);
        var whole = start > 0 ? start + (text.ReadLine()?.Length ?? 0) + 1 : 0;
        var last = AuditHead.None;
        while (text.ReadLine() is { } line && HeadOf(line) is { } head) (last, whole) = (head, whole + line.Length + 1);
        return whole > file.Length ? (last, file.Length, true) : (last, whole, false);
    }

    private static AuditHead? HeadOf(string line)
    {
        var at = line.IndexOf(' ', StringComparison.Ordinal);
        return at < 1 || line.Length != at + 65 || !long.TryParse(line.AsSpan(0, at), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? null : new(number, line[(at + 1)..]);
    }

    private FileStream OpenToRead() => new(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
}
