using QuantDash.Core.Notifications;

namespace QuantDash.Tests.Core.Notifications;

public sealed class DeliveryDecisionTests
{
    private static readonly NotificationSettings Nights = NotificationSettings.Default with { QuietFrom = new(22, 0), QuietTo = new(7, 0) };

    [Fact]
    public void Event_OfWhichNothingWasSaid_IsDelivered() => Of("lock.fired", NotificationPriority.Low, NotificationSettings.Default, "2026-01-05T20:00:00Z").ShouldBe(new(DeliveryChoice.Deliver));

    [Theory]
    [InlineData("2026-01-05T13:59:59Z", null)] // 21:59:59 in Shanghai
    [InlineData("2026-01-05T14:00:00Z", "2026-01-05T23:00:00Z")]
    [InlineData("2026-01-05T16:00:00Z", "2026-01-05T23:00:00Z")] // Midnight
    [InlineData("2026-01-05T22:59:59Z", "2026-01-05T23:00:00Z")]
    [InlineData("2026-01-05T23:00:00Z", null)] // 07:00
    public void QuietHours_OverMidnight_LastInTheTradersZone(string now, string? until) =>
        Of("lock.fired", NotificationPriority.High, Nights, now).ShouldBe(until is null ? new(DeliveryChoice.Deliver) : new(DeliveryChoice.Hold, DateTimeOffset.Parse(until, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("2026-01-05T03:30:00Z", "2026-01-05T05:00:00Z")] // 11:30
    [InlineData("2026-01-05T16:00:00Z", null)]
    public void QuietHours_OfOneDay_EndThatDay(string now, string? until) =>
        DeliveryDecision.QuietUntil(Nights with { QuietFrom = new(11, 30), QuietTo = new(13, 0) }, At(now)).ShouldBe(until is null ? null : At(until));

    /// <summary>02:30 does not exist in New York on 2026-03-08, when the clocks go from 02:00 to 03:00.</summary>
    [Fact]
    public void QuietHours_ThatEndInAnHourLeftOut_EndAfterIt() =>
        DeliveryDecision.QuietUntil(Nights with { Zone = "America/New_York", QuietTo = new(2, 30) }, At("2026-03-08T05:00:00Z")).ShouldBe(At("2026-03-08T07:30:00Z"));

    [Fact]
    public void QuietHours_LetWakeWhatIsUrgent_AndWhatIsNamed()
    {
        const string Midnight = "2026-01-05T16:00:00Z";
        Of("lock.failed", NotificationPriority.Urgent, Nights, Midnight).ShouldBe(new(DeliveryChoice.Deliver));
        var named = Nights with { Wakes = new Dictionary<string, bool> { ["lock.failed"] = false, ["lock.fired"] = true } };
        Of("lock.failed", NotificationPriority.Urgent, named, Midnight).Choice.ShouldBe(DeliveryChoice.Hold);
        Of("lock.fired", NotificationPriority.High, named, Midnight).ShouldBe(new(DeliveryChoice.Deliver));
    }

    [Fact]
    public void Off_WeighsMoreThanAnything_AndSilenceComesLast()
    {
        var settings = Nights with
        {
            Modes = new Dictionary<string, EventMode> { ["lock.failed"] = EventMode.Off, ["lock.fired"] = EventMode.Silent, ["lock.partial"] = EventMode.Silent },
            Wakes = new Dictionary<string, bool> { ["lock.failed"] = true },
        };
        Of("lock.failed", NotificationPriority.Urgent, settings, "2026-01-05T16:00:00Z").ShouldBe(new(DeliveryChoice.Drop));
        Of("lock.fired", NotificationPriority.High, settings, "2026-01-05T16:00:00Z").Choice.ShouldBe(DeliveryChoice.Hold);
        Of("lock.fired", NotificationPriority.High, settings, "2026-01-05T04:00:00Z").ShouldBe(new(DeliveryChoice.Silent));
        Of("lock.partial", NotificationPriority.Urgent, settings, "2026-01-05T16:00:00Z").ShouldBe(new(DeliveryChoice.Silent));
    }

    [Fact]
    public void Settings_ThatMakeNoSense_NameEveryMistake() =>
        new NotificationSettings
        {
            Language = "fr", Zone = "Mars/Olympus", QuietFrom = new(22, 0), Modes = new Dictionary<string, EventMode> { ["lock.nothing"] = EventMode.Off }, AvailableBelow = 0, DayLossAbove = -1, LastDayWithin = 21,
        }.Check().Select(p => $"{p.Field} {p.Code}").ShouldBe(
            ["language not_allowed", "zone unknown_zone", "quiet_to required", "events unknown_event", "available_below out_of_range", "day_loss_above out_of_range", "last_day_within out_of_range"]);

    private static DeliveryDecision Of(string key, NotificationPriority priority, NotificationSettings settings, string now) => DeliveryDecision.Of(key, priority, settings, At(now));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
