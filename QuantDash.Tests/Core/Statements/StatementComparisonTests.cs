using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Core.Statements;
using static QuantDash.Tests.Core.Statements.StatementSamples;

namespace QuantDash.Tests.Core.Statements;

public sealed class StatementComparisonTests
{
    [Fact]
    public void Statement_OfTheSameDay_LeavesNothingUnexplained()
    {
        foreach (var text in new[] { ByDay, ByTrade })
        {
            var report = StatementComparison.Compare(Read(text), Ours());
            (report.Unexplained, report.TradesAgreed, report.PositionsAgreed).ShouldBe((0, 5, 3), string.Join('\n', report.Lines));
            report.Lines.Where(line => !line.Agrees).Select(line => (line.Field, line.Reason)).ShouldBe([("risk_ratio", DifferenceReason.Rounding)]);
        }
    }

    [Fact]
    public void Trade_ThatWeMissed_IsTheOnlyUnexplainedOne_AndTheSumsFollow()
    {
        var report = Compare(ByDay, ours => ours with
        {
            Trades = [.. ours.Trades.Where(t => t.Fill.TradeId != "T4")],
            Positions = [.. ours.Positions!.Where(p => p.Symbol.Code != "au2308")],
            Funds = ours.Funds! with { FeesToday = 7.41m, HoldingPnl = 30, Equity = 10_000_262.59m, Margin = 56_179.20m, Available = 9_944_083.39m, RiskRatio = 56_179.20m / 10_000_262.59m },
        });

        Differing(report).ShouldBe(
        [
            "open_pnl FromPositions", "fees FromTrades", "end FromAbove", "equity FromAbove", "margin FromPositions", "available FromAbove", "risk_ratio FromAbove", "missing_here ?", "missing_here ?",
        ]);
        report.Lines.Where(line => line.Unexplained).Select(line => (line.Part, line.Symbol?.Code, line.Broker)).ShouldBe([(DifferencePart.Trade, "au2308", 2), (DifferencePart.Position, "au2308", 2)]);
    }

    [Fact]
    public void Trade_OfOursThatTheBrokerDoesNotHave_IsNamed()
    {
        var report = Compare(ByDay, ours => ours with { Trades = [.. ours.Trades, ours.Trades[0] with { Fill = ours.Trades[0].Fill with { TradeId = "T9" } }] });
        report.Lines.Where(line => line.Unexplained).Select(line => (line.Field, line.Subject, line.Ours)).ShouldBe([("missing_there", "T9", 4)]);
    }

    [Fact]
    public void Trade_UnderAnotherNumber_IsTheSame_AndZerosBeforeANumberAreNone()
    {
        var report = Compare(ByDay, ours => ours with { Trades = [.. ours.Trades.Select(t => t.Fill.TradeId == "T1" ? t with { Fill = t.Fill with { TradeId = "venue-77" } } : t with { Fill = t.Fill with { TradeId = "000" + t.Fill.TradeId } })] });
        report.Unexplained.ShouldBe(0);
        report.Lines.Where(line => line.Part == DifferencePart.Trade).Select(line => (line.Subject, line.Reason, line.Detail)).ShouldBe([("T1", DifferenceReason.OtherTradeId, "venue-77")]);
    }

    [Fact]
    public void Fee_OfACentIsRounding_AndOfMoreIsNot()
    {
        Differing(Compare(ByDay.Replace("|    2.97|", "|    2.98|", StringComparison.Ordinal).Replace("|   11.41|", "|   11.42|", StringComparison.Ordinal).Replace("：                        11.41", "：                        11.42", StringComparison.Ordinal)))
            .ShouldBe(["fees Rounding", "risk_ratio Rounding", "fee Rounding"]);
        Differing(Compare(ByDay.Replace("|    2.97|", "|    3.97|", StringComparison.Ordinal).Replace("|   11.41|", "|   12.41|", StringComparison.Ordinal).Replace("：                        11.41", "：                        12.41", StringComparison.Ordinal)))
            .ShouldBe(["fees FromTrades", "risk_ratio Rounding", "fee ?"]);
    }

    [Fact]
    public void Cash_ThatStandsOnAnotherDayThere_IsExplainedByIt()
    {
        var report = Compare(ByDay, ours => ours with
        {
            Funds = ours.Funds! with { StaticEquity = -5_000, CashFlowToday = 10_005_000 },
            Cash = [new() { Id = Guid.NewGuid(), AccountId = ours.Funds.AccountId, Amount = new(5_000, Currency.Cny), TradingDay = ours.Funds.TradingDay!.Value, OccurredAt = DateTimeOffset.UnixEpoch, Note = "reconciliation" }],
        });
        report.Unexplained.ShouldBe(0);
        report.Lines.Where(line => line.Reason == DifferenceReason.CashBooked).Select(line => (line.Field, line.Difference, line.Detail)).ShouldBe([("start", 5_000, "2023-02-15"), ("cash_flow", -5_000, "2023-02-15")]);
    }

    [Fact]
    public void Cash_ThatNobodyBookedHere_IsUnexplained_AndSoIsTheBalance()
    {
        var report = Compare(ByDay, ours => ours with { Funds = ours.Funds! with { CashFlowToday = 9_999_000, Equity = ours.Funds.Equity - 1_000, Available = ours.Funds.Available - 1_000 } });
        report.Lines.Where(line => line.Unexplained).Select(line => line.Field).ShouldBe(["cash_flow"], "equity and available follow from it");
    }

    [Fact]
    public void Position_OfAnotherAverage_IsNamed_AndTheDaysBasisExplainsItself()
    {
        var report = Compare(ByDay, ours => ours with { Positions = [.. ours.Positions!.Select(p => p with { AverageOpenPrice = p.AverageOpenPrice + 3, AverageBasis = p.Side == Side.Long ? 4927 : null })] });
        report.Lines.Where(line => line.Part == DifferencePart.Position).Select(line => (line.Field, line.Subject, line.Reason)).ShouldBe(
            [("average_price", "long", DifferenceReason.MarkBasis), ("average_price", "short", null), ("average_price", "short", null)]);
    }

    [Fact]
    public void Margin_AtAnotherRate_IsNamedLegByLeg_AndTheTotalFollows()
    {
        var report = Compare(ByDay, ours => ours with
        {
            Positions = [.. ours.Positions!.Select(p => p.Symbol.Code == "au2308" ? p with { Margin = 100_000 } : p)],
            Funds = ours.Funds! with { Margin = 156_179.20m, Available = 9_842_679.39m, RiskRatio = 156_179.20m / 9_998_858.59m },
        });
        Differing(report).ShouldBe(["margin FromPositions", "available FromAbove", "risk_ratio FromAbove", "margin ?"]);
    }

    [Fact]
    public void Day_ThatIsNotSettledHere_SaysSo()
    {
        var report = Compare(ByDay, ours => ours with
        {
            Settled = false, Positions = [.. ours.Positions!.Select(p => p with { SettlementPrice = p.SettlementPrice + 1, HoldingPnl = null })],
            Funds = ours.Funds! with { HoldingPnl = -1_300, Equity = ours.Funds.Equity + 70, Available = ours.Funds.Available + 70 },
        });
        (report.Unexplained, report.Settled).ShouldBe((0, false));
        report.Lines.Where(line => line.Reason == DifferenceReason.NotSettled).Select(line => line.Field).ShouldBe(["open_pnl", "settlement_price", "pnl", "settlement_price", "pnl", "settlement_price", "pnl"]);
    }

    [Fact]
    public void Day_ThatOurBooksDoNotKnow_IsUnexplainedThroughout()
    {
        var report = StatementComparison.Compare(Read(ByDay), new());
        report.Lines.ShouldAllBe(line => line.Unexplained || line.Ours == 0);
        report.Unexplained.ShouldBeGreaterThan(15);
    }

    [Fact]
    public void Client_OfAnotherAccount_IsSaidFirst()
    {
        var report = Compare(ByDay, ours => ours with { ExternalId = "880002" });
        (report.Lines[0].Field, report.Lines[0].Subject, report.Lines[0].Detail, report.Lines[0].Unexplained).ShouldBe(("client", "880001", "880002", true));
    }

    /// <summary>Whatever is changed in our books is found: no number of the statement is read and then not looked at.</summary>
    [Fact]
    public void Funds_AnyNumberThatDiffers_IsFound()
    {
        Func<Funds, Funds>[] changes =
        [
            f => f with { StaticEquity = 1 }, f => f with { CashFlowToday = 1 }, f => f with { ClosePnlToday = 1 }, f => f with { HoldingPnl = 1 }, f => f with { FeesToday = 1 }, f => f with { Equity = 1 }, f => f with { Margin = 1 },
            f => f with { Available = 1 }, f => f with { RiskRatio = 1 },
        ];
        foreach (var change in changes) Compare(ByDay, ours => ours with { Funds = change(ours.Funds!) }).Unexplained.ShouldBeGreaterThan(0);
    }

    private static StatementReport Compare(string text, Func<OurDay, OurDay>? change = null) => StatementComparison.Compare(Read(text), Ours(change));

    private static IEnumerable<string> Differing(StatementReport report) => report.Lines.Where(line => !line.Agrees).Select(line => $"{line.Field} {line.Reason?.ToString() ?? "?"}");
}
