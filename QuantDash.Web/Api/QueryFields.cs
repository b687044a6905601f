using System.Globalization;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Api;

/// <summary>The query string of a list, read as tolerantly as a body: every mistake is named at once, unknown names are ignored.</summary>
public sealed class QueryFields(IQueryCollection query)
{
    public const int LargestPage = 500;
    private const int UsualPage = 100;

    public List<Problem> Problems { get; } = [];

    /// <summary>How many items a page may have, 1 to 500.</summary>
    public int Limit()
    {
        if (Text("limit") is not { } text) return UsualPage;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= LargestPage) return limit;
        Refuse("limit", "out_of_range", 1, LargestPage, text);
        return UsualPage;
    }

    public string? Text(string name)
    {
        var values = query[name];
        if (values.Count > 1) Refuse(name, "duplicate_field");
        return values.Count == 1 && !string.IsNullOrEmpty(values[0]) ? values[0] : null;
    }

    /// <summary>A whole number.</summary>
    public long? Number(string name, long least, long most)
    {
        if (Text(name) is not { } text) return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        Refuse(name, "out_of_range", least, most, text);
        return null;
    }

    public Guid? Id(string name)
    {
        if (Text(name) is not { } text) return null;
        if (Guid.TryParseExact(text, "D", out var id)) return id;
        Refuse(name, "not_an_id", text);
        return null;
    }

    public T? Choice<T>(string name)
        where T : struct, Enum
    {
        if (Text(name) is not { } text) return null;
        if (WireNames<T>.TryRead(text, out var choice)) return choice;
        Refuse(name, "not_allowed", text, WireNames<T>.All);
        return null;
    }

    public DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { } text) return null;
        if (JsonTime.TryRead(text, out var time)) return time;
        Refuse(name, "not_a_time", text);
        return null;
    }

    public void Refuse(string name, string code, params IReadOnlyList<object?> values) => Problems.Add(new(name, code, values));
}
