using System.Globalization;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace QuantDash.Web.Adapters.Storage;

/// <summary>UTC as <c>2026-01-05T01:00:00.000000Z</c>: sorts as text, and SQLite's date functions read it. Microseconds, as PostgreSQL keeps.</summary>
internal sealed class SqliteTime() : ValueConverter<DateTimeOffset, string>(t => Write(t), text => Read(text))
{
    public static string Write(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Also reads what SQLite's own <c>datetime('now')</c> writes.</summary>
    public static DateTimeOffset Read(string text)
        => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}

/// <summary>Lower-case text with hyphens, as PostgreSQL prints a uuid.</summary>
internal sealed class SqliteGuid() : ValueConverter<Guid, string>(id => id.ToString("D"), text => Guid.Parse(text));

/// <summary>PostgreSQL takes times in UTC only.</summary>
internal sealed class PostgresTime() : ValueConverter<DateTimeOffset, DateTimeOffset>(t => t.ToUniversalTime(), t => t.ToUniversalTime());
