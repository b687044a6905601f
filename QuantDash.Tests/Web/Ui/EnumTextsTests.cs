using QuantDash.Core.Engine;
using QuantDash.Core.Hosting;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Emergency;
using QuantDash.Web.Features.Positions;
using QuantDash.Web.Features.Replay;
using QuantDash.Web.Features.Strategies;
using QuantDash.Web.Features.SystemStatus;
using QuantDash.Web.Features.Ticks;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Tests.Web.Ui;

/// <summary>Keys that are put together from a prefix and a member: a new member needs its words.</summary>
public sealed class EnumTextsTests
{
    public static TheoryData<Type, string, Type> Families => new()
    {
        { typeof(TradingText), "Condition", typeof(ConditionKind) },
        { typeof(TradingText), "Status", typeof(TriggerStatus) },
        { typeof(TradingText), "Arm", typeof(ArmState) },
        { typeof(TradingText), "Lock", typeof(LockStatus) },
        { typeof(TradingText), "Method", typeof(ExecutionMethod) },
        { typeof(TradingText), "Phase", typeof(SessionPhase) },
        { typeof(TradingText), "Offset", typeof(Offset) },
        { typeof(TradingText), "Order", typeof(OrderState) },
        { typeof(TradingText), "", typeof(OrderSide) },
        { typeof(PositionsText), "Held", typeof(HeldKind) },
        { typeof(PositionsText), "Held", typeof(HeldState) },
        { typeof(PositionsText), "Act", typeof(OrderPurpose) },
        { typeof(PositionsText), "Source", typeof(PriceSource) },
        { typeof(SystemText), "Reject", typeof(TickReject) },
        { typeof(SystemText), "Journal", typeof(JournalState) },
        { typeof(TicksText), "State", typeof(TickImportState) },
        { typeof(ReplayText), "State", typeof(ReplayState) },
        { typeof(EmergencyText), "Step", typeof(EmergencyStepKind) },
        { typeof(SystemText), "Health", typeof(QuoteHealth) },
        { typeof(SystemText), "Clock", typeof(SourceClock) },
        { typeof(StrategiesText), "State", typeof(StrategyRunState) },
        { typeof(StrategiesText), "Mode", typeof(StrategyMode) },
        { typeof(StrategiesText), "Start", typeof(StrategyMode) },
        { typeof(StrategiesText), "Hours", typeof(StrategyHours) },
        { typeof(StrategiesText), "Result", typeof(SignalResult) },
        { typeof(StrategiesText), "Action", typeof(SignalAction) },
        { typeof(StrategiesText), "Type", typeof(StrategyOrderType) },
        { typeof(StrategiesText), "Deed", typeof(StrategyDeed) },
        { typeof(StrategiesText), "Ask", typeof(StrategyDeed) },
        { typeof(StrategiesText), "Do", typeof(StrategyDeed) },
    };

    [Theory]
    [MemberData(nameof(Families))]
    public void Members_HaveTheirWords(Type table, string prefix, Type members)
    {
        var known = TextTables.All().Single(t => t.Type == table).English;

        Enum.GetNames(members).Where(m => m != nameof(TickReject.None)).Select(m => prefix + m).Where(k => !known.ContainsKey(k)).ShouldBeEmpty();
    }

    /// <summary>What the engine may tell: its keys stand in its sources.</summary>
    [Fact]
    public void TapeEvents_OfTheEngine_HaveASentence()
    {
        var known = TextTables.All().Single(t => t.Type == typeof(TapeText)).English;
        var told = Directory.EnumerateFiles(Path.Combine(TestData.RepositoryRoot, "QuantDash.Core", "Engine"), "*.cs")
            .SelectMany(f => System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(f), @"TapeSeverity\.\w+[^""]*""(?<key>[a-z_]+\.[a-z_]+)""").Select(m => m.Groups["key"].Value))
            .Distinct().ToList();

        told.ShouldNotBeEmpty();
        told.Where(k => !known.ContainsKey(k)).ShouldBeEmpty();
    }
}
