namespace QuantDash.Core.Statements;

/// <summary>Holds a broker's statement against our books of that day. What follows from another difference is said to follow, so that only causes are left unexplained.</summary>
public static class StatementComparison
{
    public static StatementReport Compare(BrokerStatement statement, OurDay ours)
    {
        var trades = new TradeComparison(statement, ours);
        var positions = new PositionComparison(statement, ours);
        var closed = ClosedPnl(statement, trades).ToList();
        var funds = statement.Funds is { } told ? new FundsComparison(statement.Kind, told, ours, trades, positions).Lines() : [];
        return new([.. Client(statement, ours), .. funds, .. trades.Lines, .. closed, .. positions.Lines], trades.Agreed, positions.Agreed, ours.Settled);
    }

    private static IEnumerable<StatementDifference> Client(BrokerStatement statement, OurDay ours)
    {
        if (statement.Client is { } client && ours.ExternalId is { } known && client != known)
            yield return new() { Part = DifferencePart.Account, Field = "client", Subject = client, Detail = known };
    }

    /// <summary>平仓明细 by contract; where every trade has its own result, the trades say it already.</summary>
    private static IEnumerable<StatementDifference> ClosedPnl(BrokerStatement statement, TradeComparison trades)
    {
        if (statement.ClosedPnl is not { } told) yield break;
        foreach (var symbol in told.Keys.Union(trades.OurClosedPnl.Keys).Order())
        {
            var (broker, ours) = (told.GetValueOrDefault(symbol), trades.OurClosedPnl.TryGetValue(symbol, out var sum) ? sum : 0m);
            if (broker == ours) continue;
            var reason = Differing.IsRounding(broker - ours) ? DifferenceReason.Rounding
                : Differing.IsRounding(broker - ours - trades.PnlDifferenceOf(symbol)) ? DifferenceReason.FromTrades
                : (DifferenceReason?)null;
            yield return new() { Part = DifferencePart.ClosedPnl, Field = "closed_pnl", Symbol = symbol, Broker = broker, Ours = ours, Reason = reason };
        }
    }
}

/// <summary>When two sums are the same for one who prints cents.</summary>
internal static class Differing
{
    public const decimal Cent = 0.01m;

    public static bool IsRounding(decimal? difference) => difference is { } known && Math.Abs(known) <= Cent;
}
