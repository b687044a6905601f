using System.Globalization;
using QuantDash.Core.Backtesting;

namespace QuantDash.Web.Cli;

/// <summary>Reads <c>timestamp,rate</c>: the funding of a perpetual, longs paying when the rate is above zero. Times as in <see cref="BacktestFile"/>.</summary>
internal static class FundingFile
{
    /// <summary>Of the price, in one payment: venues cap it far below.</summary>
    private const decimal Most = 0.1m;

    /// <summary>The payments, and what is wrong with the file, each with its line.</summary>
    public static (IReadOnlyList<FundingRate> Rates, IReadOnlyList<string> Mistakes) Read(TextReader reader)
    {
        var (rates, mistakes) = (new List<FundingRate>(), new List<string>());
        if (reader.ReadLine()?.Trim('\uFEFF', ' ') is not "timestamp,rate") return ([], ["line 1: a funding file begins with timestamp,rate"]);
        var line = 1;
        while (reader.ReadLine() is { } text)
        {
            line++;
            if (text.Length == 0) continue;
            if (Row(text, rates) is { } mistake) mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"line {line}: {mistake}"));
        }
        return (rates, mistakes);
    }

    private static string? Row(string text, List<FundingRate> rates)
    {
        if (text.Split(',') is not [var time, var rate]) return "two cells are wanted";
        if (!BacktestFile.TryTime(time.Trim(), out var at)) return $"timestamp '{time}' is no time";
        if (rates.Count > 0 && at <= rates[^1].At) return $"timestamp {time} is not after the one before it";
        if (!decimal.TryParse(rate, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) || Math.Abs(share) > Most)
            return string.Create(CultureInfo.InvariantCulture, $"rate '{rate}' is no number from -{Most} to {Most}");
        rates.Add(new(at, share));
        return null;
    }
}
