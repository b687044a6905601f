using System.Buffers;

namespace QuantDash.Web.Adapters.Storage;

/// <summary>Text that both databases can keep. PostgreSQL refuses NUL, and no UTF-8 can say half a surrogate pair: a venue's garbled words must not stop
/// the journal.</summary>
internal static class StorableText
{
    private static readonly SearchValues<char> Unstorable = SearchValues.Create(['\0', .. Enumerable.Range(0xD800, 0x800).Select(c => (char)c)]);

    public static string Of(string text) => text.AsSpan().ContainsAny(Unstorable) ? string.Concat(text.EnumerateRunes().Select(r => r.Value == 0 ? "\uFFFD" : r.ToString())) : text;
}
