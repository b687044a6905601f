using QuantDash.Web.Configuration;
using QuantDash.Web.Features.Watchdog;

namespace QuantDash.Tests.Web.Features.Watchdog;

public sealed class WatchStateTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 1, 0, 0, TimeSpan.Zero);
    private static readonly TraderLook Well = new(IsWell: true);
    private static readonly TraderLook Gone = new(IsWell: false, "http://a/: no_answer");
    private static readonly WatchdogOptions Options = new() { SilentSeconds = 20, RepeatMinutes = 5 };

    [Fact]
    public void ShortSilence_IsForgotten_AndNobodyIsTold()
    {
        var state = WatchState.Calm.After(Gone, At(0)).After(Gone, At(15));
        state.Due(Gone, At(15), Options).ShouldBeNull();
        state = state.After(Well, At(19));
        (state, state.Due(Well, At(19), Options)).ShouldBe((WatchState.Calm, null));
        state.After(Gone, At(30)).Due(Gone, At(45), Options).ShouldBeNull("it is another one");
    }

    [Fact]
    public void Silence_IsToldOnce_ThenAgainAfterTheRepeat_AndItsEndOnce()
    {
        var state = WatchState.Calm.After(Gone, At(0));
        state.Due(Gone, At(20), Options).ShouldBe(WatchMessage.Silent);
        state = state.Delivered(WatchMessage.Silent, At(20)).After(Gone, At(25));
        state.Due(Gone, At(319), Options).ShouldBeNull();
        state.Due(Gone, At(320), Options).ShouldBe(WatchMessage.StillSilent);
        state = state.Delivered(WatchMessage.StillSilent, At(320)).After(Well, At(330));
        (state.SilentSince, state.Due(Well, At(330), Options)).ShouldBe((At(0), WatchMessage.Back));
        state = state.Delivered(WatchMessage.Back, At(331));
        (state, state.Due(Well, At(335), Options)).ShouldBe((WatchState.Calm, null));
    }

    [Fact]
    public void Silence_NotYetDelivered_StaysDue() =>
        WatchState.Calm.After(Gone, At(0)).After(Gone, At(20)).After(Gone, At(25)).Due(Gone, At(25), Options).ShouldBe(WatchMessage.Silent);

    [Fact]
    public void End_NotYetDelivered_WhenItIsGoneAgain_IsOneOutage()
    {
        var state = WatchState.Calm.After(Gone, At(0)).Delivered(WatchMessage.Silent, At(20)).After(Well, At(30)).After(Gone, At(35));
        (state.SilentSince, state.Due(Gone, At(60), Options)).ShouldBe((At(0), null));
    }

    private static DateTimeOffset At(int second) => Start.AddSeconds(second);
}
