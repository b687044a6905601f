using System.Globalization;
using QuantDash.Core.Backtesting;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Backtests;

/// <summary>Reads <c>timestamp,rate</c>: the funding of a perpetual, longs paying when the rate is above zero. Times as in <see cref="WrittenTime"/>.</summary>
internal static class FundingFile
{
    public const int LargestBytes = 1024 * 1024;
    private const string Header = "timestamp,rate";
    private const int MostMistakes = 20;

    /// <summary>The payments, or what is wrong with the file, each with its line. Codes: <c>funding_header</c>, <c>funding_cells</c>, <c>funding_time</c>, <c>funding_line_order</c>, <c>funding_number</c>.</summary>
    public static Outcome<IReadOnlyList<FundingRate>> Read(TextReader reader)
    {
        var (rates, problems) = (new List<FundingRate>(), new List<Problem>());
        if (reader.ReadLine()?.Trim('\uFEFF', ' ') is not Header) return Outcome<IReadOnlyList<FundingRate>>.Failure("funding", "funding_header", Header);
        var line = 1;
        while (problems.Count < MostMistakes && reader.ReadLine() is { } text)
        {
            line++;
            if (text.Length > 0 && Row(line, text, rates) is { } problem) problems.Add(problem);
        }

        return problems.Count > 0 ? Outcome<IReadOnlyList<FundingRate>>.Failure(problems) : Outcome<IReadOnlyList<FundingRate>>.Success(rates);
    }

    private static Problem? Row(int line, string text, List<FundingRate> rates)
    {
        if (text.Split(',') is not [var time, var rate]) return new("funding", "funding_cells", line);
        if (!WrittenTime.TryRead(time.Trim(), out var at)) return new("funding", "funding_time", line, time);
        if (rates.Count > 0 && at <= rates[^1].At) return new("funding", "funding_line_order", line, time);
        if (!decimal.TryParse(rate, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) || Math.Abs(share) > BacktestFunding.MostRate)
            return new("funding", "funding_number", line, rate, -BacktestFunding.MostRate, BacktestFunding.MostRate);
        rates.Add(new(at, share));
        return null;
    }
}
