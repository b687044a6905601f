using QuantDash.Core.Audit;

namespace QuantDash.Core.Engine;

/// <summary>One table as it was copied.</summary>
/// <param name="Hash">Over the content of all rows, whatever their order and whichever database they stand in: 64 hexadecimal digits.</param>
public sealed record TableCopied(string Table, long Rows, string Hash);

/// <summary>A backup that was read back and found equal to what it was made from.</summary>
/// <param name="Name">Of its folder: <c>quantdash-20261121-150405-daily</c>.</param>
/// <param name="Reason">Why it was made, a word.</param>
/// <param name="Audit">The end of the audit chain in it.</param>
public sealed record BackupMade(string Name, DateTimeOffset At, string Reason, AuditHead Audit, IReadOnlyList<TableCopied> Tables);

/// <summary>Copies of the whole database as of one instant, made while trading goes on.</summary>
public interface IBackups
{
    /// <summary>Makes one, reads it back, and removes the oldest of the same reason beyond what is kept.</summary>
    /// <param name="reason">1 to 32 of <c>[a-z0-9_]</c>.</param>
    Task<BackupMade> MakeAsync(string reason, CancellationToken stop = default);

    /// <summary>Newest first. What cannot be read is left out.</summary>
    IReadOnlyList<BackupMade> All();
}
