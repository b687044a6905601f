using QuantDash.Core.Locking;

namespace QuantDash.Tests.Core.Locking;

public sealed class TriggerTimeTests
{
    public static TheoryData<string, TriggerTime, string> Forms => new()
    {
        { "14:55", TriggerTime.AtClock(new(14, 55)), "14:55:00" },
        { "21:05:30", TriggerTime.AtClock(new(21, 5, 30)), "21:05:30" },
        { "close-5", TriggerTime.BeforeClose(5), "close-5" },
        { "close-5@day", TriggerTime.BeforeClose(5), "close-5" },
        { " close-10@night ", TriggerTime.BeforeClose(10, SessionClose.Night), "close-10@night" },
        { "close-1@morning", TriggerTime.BeforeClose(1, SessionClose.Morning), "close-1@morning" },
        { "hold+30", TriggerTime.AfterHolding(30), "hold+30" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Text_OfEachForm_ReadsAndWritesBack(string text, TriggerTime expected, string written)
    {
        var time = TriggerTime.TryParse(text).ShouldNotBeNull();
        time.ShouldBe(expected);
        time.ToString().ShouldBe(written);
        TriggerTime.TryParse(written).ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("25:00")]
    [InlineData("9:30")]
    [InlineData("14:55:61")]
    [InlineData("close-0")]
    [InlineData("close-601")]
    [InlineData("close-5@noon")]
    [InlineData("close+5")]
    [InlineData("hold+0")]
    [InlineData("hold+100001")]
    [InlineData("hold-5")]
    [InlineData("at 14:55")]
    public void Text_OfNoForm_IsRefused(string text) => TriggerTime.TryParse(text).ShouldBeNull();
}
