using System.Text;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Statements;

/// <summary>The bytes of a statement as text: UTF-8, or GBK as counters write it.</summary>
public static class StatementFile
{
    public const int LargestBytes = 2 * 1024 * 1024;
    private static readonly Encoding Utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);

    private static readonly Encoding Gbk =
        CodePagesEncodingProvider.Instance.GetEncoding(936, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback) ?? throw new InvalidOperationException("This .NET knows no GBK.");

    /// <summary>Refuses what is neither, and control characters that no text has.</summary>
    public static Outcome<string> Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > LargestBytes) return Outcome<string>.Failure("file", "file_too_large", LargestBytes);
        var text = TryDecode(Utf8, bytes) ?? TryDecode(Gbk, bytes);
        if (text is null || !IsText(text)) return Outcome<string>.Failure("file", "statement_encoding");
        text = text.TrimStart('\uFEFF');
        return string.IsNullOrWhiteSpace(text) ? Outcome<string>.Failure("file", "file_empty") : Outcome<string>.Success(text);
    }

    /// <summary>Whether it may be kept: no control characters but line ends and tabs.</summary>
    public static bool IsText(string text) => text.All(c => !char.IsControl(c) || c is '\r' or '\n' or '\t' or '\f');

    private static string? TryDecode(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
