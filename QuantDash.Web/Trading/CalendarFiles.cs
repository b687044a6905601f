using System.Globalization;
using QuantDash.Core.Instruments;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Trading;

/// <summary>The trading days that were imported, on top of those of the reference data: <c>instruments/calendar_cn.csv</c>, <c>_hk</c> and <c>_us</c> in the data directory, read at the start.</summary>
public static class CalendarFiles
{
    public static string PathIn(string dataDirectory, CalendarMarket market) => Path.Combine(dataDirectory, "instruments", $"calendar_{market.Code().ToLowerInvariant()}.csv");

    /// <summary>In the order in which they were imported.</summary>
    /// <exception cref="FormatException">Names file and line of what is wrong.</exception>
    public static IReadOnlyList<CalendarSheet> Read(string dataDirectory, CalendarMarket market)
    {
        var path = PathIn(dataDirectory, market);
        if (!File.Exists(path)) return [];
        var read = CalendarSheetReader.Read(market, File.ReadAllText(path));
        return read.Succeeded ? read.Value : throw Wrong(path, read.Problems);
    }

    /// <inheritdoc cref="Read"/>
    public static MarketCalendars AddedTo(MarketCalendars calendars, string dataDirectory)
    {
        foreach (var market in CalendarMarkets.All)
        {
            var added = calendars.With(Read(dataDirectory, market));
            calendars = added.Succeeded ? added.Value : throw Wrong(PathIn(dataDirectory, market), added.Problems);
        }

        return calendars;
    }

    /// <summary>Behind what was imported before, which goes where a later sheet says it anew; the file is there as a whole or as it was.</summary>
    public static void Add(string dataDirectory, CalendarMarket market, IReadOnlyList<CalendarSheet> sheets)
    {
        var path = PathIn(dataDirectory, market);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        List<CalendarSheet> kept = [];
        foreach (var sheet in Read(dataDirectory, market).Concat(sheets))
        {
            kept.RemoveAll(sheet.Covers);
            kept.Add(sheet);
        }

        var draft = path + ".new";
        File.WriteAllText(draft, CalendarSheet.Write(kept));
        File.Move(draft, path, overwrite: true);
    }

    private static FormatException Wrong(string path, IReadOnlyList<QuantDash.Core.Primitives.Problem> problems) =>
        new($"{path}, {problems[0].Field}: {ProblemSentences.Write(problems[0], CultureInfo.InvariantCulture)}");
}
