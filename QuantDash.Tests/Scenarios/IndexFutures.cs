using System.Globalization;
using System.Text.Json.Nodes;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Scenarios;

/// <summary>One line of the exchange's day, as it was recorded.</summary>
internal sealed record RecordedTick(DateTimeOffset Time, decimal Last, JsonObject Json)
{
    public TimeSpan Clock => Time.TimeOfDay;

    /// <summary>Continuous trading of CFFEX index futures: 09:30-11:30 and 13:00-15:00.</summary>
    public bool IsContinuous =>
        (Clock >= new TimeSpan(9, 30, 0) && Clock < new TimeSpan(11, 30, 0)) || (Clock >= new TimeSpan(13, 0, 0) && Clock < new TimeSpan(15, 0, 0));

    /// <summary>The same tick at another price, its sides moved with it.</summary>
    public RecordedTick At(decimal price)
    {
        var json = (JsonObject)Json.DeepClone();
        (json["last_price"], json["bid_price"], json["ask_price"]) = (price, price - 0.2m, price + 0.2m);
        return this with { Last = price, Json = json };
    }

    public string TimeText => Time.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
}

/// <summary>Recorded CFFEX IF ticks, in the words of <c>POST /api/ticks</c>.</summary>
internal static class IndexFutures
{
    public const string Symbol = "CFFEX.IF2101";

    private static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    private static readonly (string Name, int Cell)[] Fields =
    [
        ("open_price", 6), ("high_price", 7), ("low_price", 8), ("volume", 9), ("open_interest", 13), ("upper_limit", 15), ("lower_limit", 16),
        ("pre_settlement", 18), ("bid_price", 20), ("bid_volume", 21), ("ask_price", 22), ("ask_volume", 23),
    ];

    public static string FileOf(string day) => TestData.PathOf(NameOf(day));

    public static List<RecordedTick> Day(string day)
    {
        using var file = TestData.Open(NameOf(day));
        file.ReadLine();
        var ticks = new List<RecordedTick>();
        while (file.ReadLine() is { } line) ticks.Add(Read(line.Split(',')));
        return ticks;
    }

    private static string NameOf(string day) => $"cn_futures/CFFEX.IF.HOT_tick_{day}.csv.gz";

    private static RecordedTick Read(string[] cells)
    {
        var clock = TimeSpan.ParseExact(cells[4].PadLeft(9, '0'), "hhmmssfff", CultureInfo.InvariantCulture);
        var at = new DateTimeOffset(DateTime.ParseExact(cells[3], "yyyyMMdd", CultureInfo.InvariantCulture) + clock, Beijing);
        var last = decimal.Parse(cells[5], CultureInfo.InvariantCulture);
        var json = new JsonObject { ["symbol"] = Symbol, ["timestamp"] = at.ToUnixTimeMilliseconds(), ["last_price"] = last };
        foreach (var (name, cell) in Fields) json[name] = double.Parse(cells[cell], CultureInfo.InvariantCulture);
        return new(at, last, json);
    }
}

/// <summary>When a rule fires, worked out by looking at one tick after the other.</summary>
internal static class SlowReference
{
    /// <summary>The first deciding tick after <paramref name="entry"/>; null: it does not fire that day.</summary>
    /// <param name="rule">Side and condition, such as "long trailing".</param>
    public static RecordedTick? Decide(List<RecordedTick> ticks, int entry, string rule)
    {
        var (side, condition) = (rule.Split(' ')[0], rule.Split(' ')[1]);
        var sign = side == "long" ? 1 : -1;
        var opened = ticks[entry].Last;
        var best = opened;
        for (var i = entry + 1; i < ticks.Count; i++)
        {
            if (!ticks[i].IsContinuous) continue;
            var price = ticks[i].Last;
            if ((price - best) * sign > 0) best = price;
            var holds = condition switch
            {
                "price" or "profit" => (price - opened) * sign >= 15,
                "trailing" => (best - price) * sign >= 12,
                "stop" => (price - opened) * sign <= -20,
                _ => throw new ArgumentException($"No such rule: {rule}", nameof(rule)),
            };
            if (holds) return ticks[i];
        }
        return null;
    }
}
