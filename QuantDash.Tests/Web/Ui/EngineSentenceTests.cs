using System.Globalization;
using System.Reflection;
using QuantDash.Core.Simulation;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Tests.Web.Ui;

public sealed class EngineSentenceTests
{
    public static TheoryData<string, string> Sentences => new()
    {
        { "利润达到阈值: 10500.00 >= 10000.00", "profit reached: 10500.00 ≥ 10000.00" },
        { "移动止损: 782.52 <= 782.56, 最高 784.16", "trailing stop: 782.52 ≤ 782.56, high 784.16" },
        { "锁仓成功: 1手, 锁定利润: 7920.00", "locked 1 lot, profit locked 7920.00" },
        { "锁仓成功: 11手, 锁定利润: -1020.00", "locked 11 lots, profit locked -1020.00" },
        { "部分成交: 3/8手, 资金不足", "filled in part: 3/8 lots, not enough funds" },
        { "持仓不足: 当前long仓: 3手, 需要锁定: 8手", "not enough position: now long leg: 3 lots, to lock: 8 lots" },
        { "紧急停止中, 不增加敞口", "trading is stopped: no new exposure" },
        { "FAK 未能即时成交的部分已自动撤销", "FAK: what could not be filled at once was cancelled" },
        { "FOK 未能即时全部成交已自动撤销", "FOK: not all of it could be filled at once, so all of it was cancelled" },
        { "等待确认超时", "nobody confirmed in time" },
        { "解锁成功: 8手, 平仓盈亏: 40.00", "unlocked 8 lots, realised: 40.00" },
        { "可解锁不足: 锁仓余 3手, 需要解锁: 8手", "not enough locked: the lock has 3 lots, to unlock: 8 lots" },
        { "资金不足: 解锁后可用 -120.00", "not enough funds: available after the unlock -120.00" },
        { "锁定持仓已转为昨仓, 不再收平今手续费, 价格 80020", "the locked lots are no longer of today, closing them costs less, price 80020" },
    };

    [Theory]
    [MemberData(nameof(Sentences))]
    public void InReadersLanguage_English_SaysTheSame(string stored, string shown) => In("en", () => EngineSentence.InReadersLanguage(stored)).ShouldBe(shown);

    [Fact]
    public void InReadersLanguage_English_KnowsEveryWordOfTheVenue() =>
        typeof(VenueWords).GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Select(f => f.GetValue(null)).OfType<string>()
            .Select(word => In("en", () => EngineSentence.InReadersLanguage(word))).Where(said => said.Any(c => c is >= '\u4e00' and <= '\u9fff')).ShouldBeEmpty();

    [Fact]
    public void InReadersLanguage_Chinese_StaysAsStored() => In("zh-CN", () => EngineSentence.InReadersLanguage("锁仓成功: 1手")).ShouldBe("锁仓成功: 1手");

    [Theory]
    [InlineData("Lock 1 lots", "Lock 1 lot")]
    [InlineData("Lock 21 lots", "Lock 21 lots")]
    [InlineData("+1.0 ticks", "+1.0 tick")]
    [InlineData("0.1 ticks", "0.1 ticks")]
    [InlineData("1 legs hold lots that nothing protects.", "1 leg holds lots that nothing protects.")]
    [InlineData("2 legs hold lots that nothing protects.", "2 legs hold lots that nothing protects.")]
    [InlineData("1 rules, 1 working orders", "1 rule, 1 working order")]
    [InlineData("Whole: 1 entries, each as it was written.", "Whole: 1 entry, each as it was written.")]
    [InlineData("1 accounts asked: 11 differences stand.", "1 account asked: 11 differences stand.")]
    [InlineData("1 rows are broken, nothing was imported.", "1 row is broken, nothing was imported.")]
    [InlineData("CZCE.TA2501 lots", "CZCE.TA2501 lots")]
    public void Singular_English_OneIsNotMany(string written, string read) => In("en", () => Counted.Singular(written)).ShouldBe(read);

    private static T In<T>(string culture, Func<T> work)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
            return work();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
