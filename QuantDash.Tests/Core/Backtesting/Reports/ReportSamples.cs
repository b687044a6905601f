using QuantDash.Core.Backtesting.Reports;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Backtesting.Reports;

internal static class ReportSamples
{
    private static readonly DateTimeOffset Entry = new(2024, 1, 2, 2, 0, 0, TimeSpan.Zero);

    public static ReportedTrade Trade(Side side = Side.Long, int atMinute = 0, decimal price = 100m, DateOnly exitDay = default) =>
        new(side, 1m, Entry.AddMinutes(atMinute), price, Entry.AddMinutes(atMinute + 5), price + 1m, exitDay, 5, 10m, 1m, 9m, -2m, 12m);
}
