using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace QuantDash.Core.Audit;

/// <summary>The end of a chain: its last entry's number and hash.</summary>
/// <param name="Hash">64 lower-case hexadecimal digits; 64 zeros before the first entry.</param>
public readonly record struct AuditHead(long Number, string Hash)
{
    public static AuditHead None { get; } = new(0, new('0', 64));
}

/// <summary>Each entry's hash covers its content and the hash before it, so that nothing can be changed, removed or put in between without every later hash being made anew.</summary>
public static class AuditChain
{
    /// <summary>The next entry after <paramref name="head"/>.</summary>
    public static AuditEntry Append(AuditHead head, AuditNote note)
    {
        var number = head.Number + 1;
        return new(note, new(number, HashOf(head.Hash, number, note)));
    }

    public static AuditHead HeadAt(AuditEntry entry) => new(entry.Number, entry.Hash);

    /// <summary>SHA-256 over the hash before, the number and every field, each as its length in bytes, a colon and its UTF-8 text; an absent field is <c>-</c>.
    /// Times are microseconds since 1970.</summary>
    public static string HashOf(string previousHash, long number, AuditNote note)
    {
        var content = new ArrayBufferWriter<byte>(512);
        Write(content, previousHash);
        Write(content, number.ToString(CultureInfo.InvariantCulture));
        Write(content, Microseconds(note.At).ToString(CultureInfo.InvariantCulture));
        Write(content, note.Actor.Kind.ToString());
        Write(content, note.Actor.Name);
        Write(content, note.Action);
        Write(content, note.AccountId?.ToString());
        Write(content, note.Symbol?.ToString());
        Write(content, note.Subject);
        Write(content, note.CorrelationId?.ToString("D"));
        Write(content, note.Before);
        Write(content, note.After);
        Write(content, note.Reason);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content.WrittenSpan, hash);
        return Convert.ToHexStringLower(hash);
    }

    /// <summary>Cut to whole microseconds.</summary>
    public static DateTimeOffset Storable(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond));

    private static long Microseconds(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    private static void Write(ArrayBufferWriter<byte> content, string? field)
    {
        if (field is null)
        {
            content.Write("-"u8);
            return;
        }

        var length = Encoding.UTF8.GetByteCount(field);
        var space = content.GetSpan(length + 12);
        length.TryFormat(space, out var digits, provider: CultureInfo.InvariantCulture);
        space[digits] = (byte)':';
        Encoding.UTF8.GetBytes(field, space[(digits + 1)..]);
        content.Advance(digits + 1 + length);
    }
}
