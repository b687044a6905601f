using FsCheck;
using FsCheck.Fluent;
using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies.OpeningBuyer;

namespace QuantDash.Tests.Core.Strategies;

public sealed class WatchListFileTests
{
    private static readonly SymbolParser Spellings = ContractCatalog.FromReferenceData(TradingCalendar.FromReferenceData()).Spellings;

    /// <summary>The file of seed 002, and the other spellings there are.</summary>
    [Fact]
    public void List_OfSeveralMarkets_IsReadInItsOrder()
    {
        var read = Read("""
            # configs/watchlist_test.yml
            markets:
              hk:
                - 09988.HK  # 阿里巴巴
                - 3690
              us:
                - AAPL      # 苹果
                - "MSFT.US"

              cn:
                - au2602
                - CZCE.TA605
              binance:
                - btcusdt
            """);

        read.Value.Select(symbol => symbol.ToString()).ShouldBe(["HK.09988", "HK.03690", "US.AAPL", "US.MSFT", "SHFE.au2602", "CZCE.TA2605", "BINANCE.BTCUSDT"]);
    }

    [Theory]
    [InlineData("hk:\n  - 09988.HK", "watch_list_shape", 1)]
    [InlineData("markets:\n- 09988.HK", "watch_list_shape", 2)]
    [InlineData("markets:\n  - 09988.HK", "watch_list_shape", 2)]
    [InlineData("markets:\n  hk:\n    09988.HK", "watch_list_shape", 3)]
    [InlineData("markets:\n  hk: [09988.HK]", "watch_list_shape", 2)]
    [InlineData("markets:\n  london:\n    - VOD", "watch_list_market", 2)]
    [InlineData("markets:\n  hk:\n    - 09988.HK\n    - ABC", "watch_list_symbol", 4)]
    [InlineData("markets:\n  hk:\n    - AAPL.US", "watch_list_symbol", 3)]
    [InlineData("markets:\n  cn:\n    - zz9999", "watch_list_symbol", 3)]
    [InlineData("markets:\n  hk:\n    - 09988.HK\n    - 9988", "watch_list_twice", 4)]
    public void Mistake_IsNamedWithItsLine(string text, string code, int line)
    {
        var problem = Read(text).Problems[0];

        (problem.Field, problem.Code, problem.Values[0]).ShouldBe(("watch_list", code, line));
    }

    [Fact]
    public void AllMistakes_AreNamedAtOnce() => Read("markets:\n  hk:\n    - ABC\n    - 09988.HK\n    - DEF\n").Problems.Select(problem => problem.Values[0]).ShouldBe([3, 5]);

    [Theory]
    [InlineData("")]
    [InlineData("markets:\n  hk:\n")]
    public void Nothing_IsNoList(string text) => Read(text).Problems.ShouldHaveSingleItem().Code.ShouldBe("watch_list_empty");

    [Fact]
    public void Text_OfAnyKind_NeverThrows() => Prop.ForAll((string[] lines) =>
    {
        var read = Read("markets:\n  hk:\n" + string.Join('\n', lines.Select(line => line ?? "")));
        (read.Succeeded || read.Problems.Count > 0).ShouldBeTrue();
    }).Check(Config.QuickThrowOnFailure);

    private static Outcome<IReadOnlyList<Symbol>> Read(string text) => WatchListFile.Read(text, Spellings, new DateOnly(2025, 11, 22));
}
