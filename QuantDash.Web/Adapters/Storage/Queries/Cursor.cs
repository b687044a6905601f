using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace QuantDash.Web.Adapters.Storage.Queries;

/// <summary>Where a page ended: the last row's time, and its key among rows of the same time. Opaque to those who get it.</summary>
internal readonly record struct Cursor(DateTimeOffset At, string Key)
{
    public override string ToString()
        => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks}|{Key}")));

    /// <summary>Throws <see cref="FormatException"/> on anything that <see cref="ToString"/> did not write.</summary>
    public static Cursor Parse(string text)
    {
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('|', 2);
        if (parts.Length != 2 || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) || ticks > DateTimeOffset.MaxValue.Ticks)
            throw new FormatException("The cursor is not one of ours.");
        return new(new(ticks, TimeSpan.Zero), parts[1]);
    }
}
