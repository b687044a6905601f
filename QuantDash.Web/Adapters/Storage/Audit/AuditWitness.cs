using System.Globalization;
using System.Text;
using QuantDash.Core.Audit;

namespace QuantDash.Web.Adapters.Storage.Audit;

/// <summary>What was in the chain when, kept outside the database: a line <c>number hash</c> for each entry in <c>audit.heads</c> of the data directory. Whoever makes
/// the chain anew from some entry on contradicts it there.</summary>
internal sealed class AuditWitness(string dataDirectory) : IDisposable
{
    public const string FileName = "audit.heads";
    private readonly string _path = Path.Combine(dataDirectory, FileName);
    private readonly StringBuilder _lines = new();
    private FileStream? _file;

    /// <summary>Everything noted, in the order it was. A line that was cut off by a crash ends it.</summary>
    public IEnumerable<AuditHead> Read()
    {
        if (!File.Exists(_path)) yield break;
        using var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var text = new StreamReader(file, Encoding.ASCII);
        while (text.ReadLine() is { } line)
        {
            var at = line.IndexOf(' ', StringComparison.Ordinal);
            if (at < 1 || line.Length != at + 65 || !long.TryParse(line.AsSpan(0, at), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) yield break;
            yield return new(number, line[(at + 1)..]);
        }
    }

    /// <summary>The last note; none when nothing was noted.</summary>
    public AuditHead Last() => Read().LastOrDefault(AuditHead.None);

    /// <summary>Notes entries that are durable in the database. Handed to the system at once, so that a killed process loses nothing of it.</summary>
    public void Note(IEnumerable<AuditHead> heads)
    {
        _lines.Clear();
        foreach (var head in heads) _lines.Append(CultureInfo.InvariantCulture, $"{head.Number} {head.Hash}\n");
        if (_lines.Length == 0) return;
        _file ??= Open();
        _file.Write(Encoding.ASCII.GetBytes(_lines.ToString()));
        _file.Flush();
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private FileStream Open()
    {
        Directory.CreateDirectory(dataDirectory);
        var whole = Read().Sum(head => head.Number.ToString(CultureInfo.InvariantCulture).Length + 66L);
        var file = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read | FileShare.Delete);
        if (file.Length > whole) file.SetLength(whole); // What a crash cut off was never a whole note.
        file.Seek(0, SeekOrigin.End);
        if (file.Length < whole) file.WriteByte((byte)'\n');
        return file;
    }
}
