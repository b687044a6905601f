using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using QuantDash.Core.Engine;
using QuantDash.Core.Notifications;
using QuantDash.Tests.Support;
using QuantDash.Web.Configuration;
using QuantDash.Web.Features.Notifications;
using QuantDash.Web.Live;

namespace QuantDash.Tests.Web.Features.Notifications;

public sealed class NotificationSenderTests : IDisposable
{
    private static readonly Delivery Down = new(DeliveryResult.Unavailable, "HTTP 500");
    private readonly AppFactory _app = new() { Settings = { ["QuantDash:Demo"] = "false" } };
    private readonly FakeTimeProvider _clock = new();
    private readonly ListOutbox _outbox = new();
    private readonly ChannelStores _stores = new();
    private readonly ScriptedSender _notifier = new();
    private readonly NotificationDesk _desk;
    private readonly EventTape<TapeEvent> _tape = new(100, e => e.Number);
    private readonly NotificationSender _sender;

    public NotificationSenderTests()
    {
        _stores.Channels.Add(Channel("one", ChannelKind.Ntfy));
        _desk = new(_stores, _stores, _outbox, _stores, Options.Create(new QuantDashOptions()), _clock);
        _sender = NewSender();
    }

    [Fact]
    public async Task Waiting_AreSentInOrder_AndOnlyOnce()
    {
        Happened(1, "lock.fired");
        Happened(2, "lock.executed");
        await TurnAsync();
        await TurnAsync();
        _notifier.Sent.Select(n => n.Id).ShouldBe([_outbox.IdOf(1), _outbox.IdOf(2)]);
        _outbox.States.ShouldBe(["1 Sent", "2 Sent"]);
        (_sender.Current.Waiting, _sender.Current.LastError, _sender.Current.LastSentAt).ShouldBe((0, null, _clock.GetUtcNow()));
    }

    [Fact]
    public async Task Failure_HoldsTheQueueAndIsTriedAgainLaterAndLater_UnderTheSameId()
    {
        Happened(1, "lock.fired");
        Happened(2, "lock.executed");
        for (var i = 0; i < 3; i++) _notifier.Answers.Enqueue(Down);
        await TurnAsync();
        _notifier.Sent.Count.ShouldBe(1, "what comes after it waits behind it");
        _sender.Current.ShouldBe(new(true, 2, "HTTP 500"));

        foreach (var pause in (int[])[2, 4, 8])
        {
            var before = _notifier.Sent.Count;
            _clock.Advance(TimeSpan.FromSeconds(pause - 0.1));
            await TurnAsync();
            _notifier.Sent.Count.ShouldBe(before, $"not before {pause} s");
            _clock.Advance(TimeSpan.FromSeconds(0.1));
            await TurnAsync();
            _notifier.Sent.Count.ShouldBeGreaterThan(before);
        }

        _notifier.Sent.Select(n => n.Id).ShouldBe([.. Enumerable.Repeat(_outbox.IdOf(1), 4), _outbox.IdOf(2)]);
        _outbox.States.ShouldBe(["1 Sent", "2 Sent"]);
        _sender.Current.LastError.ShouldBeNull();
    }

    [Fact]
    public async Task Receiver_ThatAsksForTime_GetsIt()
    {
        Happened(1, "lock.fired");
        _notifier.Answers.Enqueue(new Delivery(DeliveryResult.Unavailable, "HTTP 429", TimeSpan.FromSeconds(90)));
        await TurnAsync();
        _clock.Advance(TimeSpan.FromSeconds(89));
        await TurnAsync();
        _notifier.Sent.Count.ShouldBe(1);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await TurnAsync();
        _notifier.Sent.Count.ShouldBe(2);
    }

    /// <summary>RELIABILITY.md B3 and B5 for the one server that we call: dropped at every attempt for five minutes.</summary>
    [Fact]
    [Trait(Profile.Reliability, "B3")]
    [Trait(Profile.Reliability, "B5")]
    public async Task B3_ReceiverThatDropsEveryConnection_IsTriedLessAndLess()
    {
        Happened(1, "lock.fired");
        var attempts = new List<double>();
        var start = _clock.GetUtcNow();
        for (var i = 0; i < 600; i++)
        {
            _notifier.Answers.Clear();
            _notifier.Answers.Enqueue(new Delivery(DeliveryResult.Unavailable, "the connection broke"));
            await TurnAsync();
            if (_notifier.Sent.Count > attempts.Count) attempts.Add((_clock.GetUtcNow() - start).TotalSeconds);
            _clock.Advance(TimeSpan.FromSeconds(0.5));
        }
        attempts.Count.ShouldBeInRange(5, 12);
        attempts.Zip(attempts.Skip(1), (one, next) => next - one).ShouldAllBe(pause => pause >= 2);
    }

    [Fact]
    public async Task Refused_IsNotTriedAgain_AndHoldsNobodyUp()
    {
        Happened(1, "lock.fired");
        Happened(2, "lock.executed");
        _notifier.Answers.Enqueue(new Delivery(DeliveryResult.Refused, "HTTP 400"));
        await TurnAsync();
        _outbox.States.ShouldBe(["1 Refused", "2 Sent"]);
    }

    [Fact]
    public async Task Outage_ThatLasts_EndsInHistory_NotInAFlood()
    {
        Happened(1, "lock.fired");
        _notifier.Answers.Enqueue(Down);
        await TurnAsync();
        _clock.Advance(NotificationSender.LongestWait + TimeSpan.FromSeconds(1));
        Happened(2, "lock.executed");
        await TurnAsync();
        _outbox.States.ShouldBe(["1 Expired", "2 Sent"]);
    }

    [Fact]
    public async Task Database_ThatFails_IsAskedAgain()
    {
        Happened(1, "lock.fired");
        _outbox.Broken = true;
        await TurnAsync();
        _sender.Current.LastError.ShouldBe("the database is away");
        _outbox.Broken = false;
        _clock.Advance(Backoff.Shortest);
        await TurnAsync();
        _outbox.States.ShouldBe(["1 Sent"]);
    }

    [Fact]
    public async Task Nothing_New_AsksTheDatabaseForNothing()
    {
        await TurnAsync();
        var asked = _outbox.Asked;
        for (var i = 0; i < 10; i++) await TurnAsync();
        _outbox.Asked.ShouldBe(asked);
    }

    /// <summary>The second robot is down for an hour; the first hears everything once, and the second what it missed.</summary>
    [Fact]
    public async Task Channel_ThatIsDown_NeitherHoldsBackNorRepeatsAnother()
    {
        var (good, bad) = (_stores.Channels[0], Channel("two", ChannelKind.Webhook));
        _stores.Channels.Add(bad);
        _notifier.Down.Add(bad.Id);
        for (var number = 1; number <= 3; number++)
        {
            Happened(number, "lock.fired");
            await TurnAsync();
            _clock.Advance(TimeSpan.FromSeconds(5));
        }

        _notifier.SentOver(good.Id).ShouldBe([1L, 2, 3]);
        _outbox.StatesOf(bad.Id).ShouldBe(["1 Waiting", "2 Waiting", "3 Waiting"]);
        _sender.Current.LastError.ShouldBe("two: HTTP 500");
        (_sender.Of(good.Id).LastError, _sender.Of(bad.Id).LastError, _sender.Of(bad.Id).Waiting).ShouldBe((null, "HTTP 500", 3));

        _notifier.Down.Clear();
        _clock.Advance(Backoff.Longest);
        await TurnAsync();
        _notifier.SentOver(good.Id).ShouldBe([1L, 2, 3], "not again");
        _notifier.SentOver(bad.Id).Distinct().ShouldBe([1L, 2, 3]);
        _outbox.States.ShouldAllBe(s => s.EndsWith("Sent", StringComparison.Ordinal));
    }

    /// <summary>One that takes for ever to answer: the other goes on beside it.</summary>
    [Fact]
    public async Task Channel_ThatHangs_HoldsNoOtherUp()
    {
        var (good, slow) = (_stores.Channels[0], Channel("two", ChannelKind.Webhook));
        _stores.Channels.Add(slow);
        var hang = new TaskCompletionSource<Delivery>();
        _notifier.Hanging[slow.Id] = hang.Task;
        Happened(1, "lock.fired");
        var turn = TurnAsync();
        _clock.Advance(TimeSpan.FromSeconds(1.1));
        await turn;
        Happened(2, "lock.executed");
        turn = TurnAsync();
        _clock.Advance(TimeSpan.FromSeconds(1.1));
        await turn;
        _notifier.SentOver(good.Id).ShouldBe([1L, 2]);
        _notifier.SentOver(slow.Id).ShouldBe([1L], "one attempt at a time");
        hang.SetResult(Delivery.Arrived);
        await TurnAsync();
        _notifier.Hanging.Clear();
        await TurnAsync();
        _notifier.SentOver(slow.Id).ShouldBe([1L, 2]);
    }

    /// <summary>DingTalk takes 20 messages a minute. Sixty events at once: all arrive, the question first and by itself, the loudest before the rest, never more than 20 posts in any minute.</summary>
    [Fact]
    public async Task Crowd_IsMergedWithinTheReceiversLimit_LoudestFirst_NothingLost()
    {
        _stores.Channels[0] = Channel("ding", ChannelKind.Dingtalk);
        for (var number = 1; number <= 60; number++) Happened(number, number % 20 == 0 ? "lock.failed" : "lock.executed");
        var posts = new List<DateTimeOffset>();
        for (var second = 0; second < 300; second++)
        {
            var before = _notifier.Sent.Count;
            await TurnAsync();
            posts.AddRange(Enumerable.Repeat(_clock.GetUtcNow(), _notifier.Sent.Count - before));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        _outbox.States.ShouldAllBe(s => s.EndsWith("Sent", StringComparison.Ordinal));
        posts.ShouldAllBe(at => posts.Count(other => other >= at && other < at.AddMinutes(1)) <= 20);
        var first = _notifier.Sent[0];
        first.Priority.ShouldBe(NotificationPriority.Urgent);
        first.Title.ShouldEndWith("条通知");
        first.Message.ShouldStartWith("• 锁仓失败");
        _notifier.Sent.Sum(n => Math.Max(1, n.Message.Count(c => c == '•'))).ShouldBe(60, "each is told once");
        _notifier.Sent.Count.ShouldBeLessThan(20);
        _notifier.Sent.ShouldAllBe(n => System.Text.Encoding.UTF8.GetByteCount(n.Message) <= 1800);
    }

    /// <summary>One message in a crowd that the receiver will not have: the others arrive by themselves.</summary>
    [Fact]
    public async Task Crowd_ThatIsRefused_IsSentOneByOne()
    {
        _stores.Channels[0] = Channel("ding", ChannelKind.Dingtalk);
        for (var number = 1; number <= 9; number++) Happened(number, "lock.executed");
        _notifier.Answers.Enqueue(new Delivery(DeliveryResult.Refused, "HTTP 400"));
        for (var second = 0; second < 120; second++)
        {
            await TurnAsync();
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        _outbox.States.ShouldAllBe(s => s.EndsWith("Sent", StringComparison.Ordinal));
        _sender.Current.LastError.ShouldBeNull();
    }

    [Fact]
    public async Task QuietHours_HoldWhatDoesNotWake_UntilTheyEnd()
    {
        _stores.Settings = NotificationSettings.Default with { QuietFrom = new(22, 0), QuietTo = new(7, 30), Zone = "Asia/Shanghai" };
        _clock.AdvanceTo(new(2026, 1, 5, 16, 0, 0, TimeSpan.Zero)); // Midnight in Shanghai.
        Happened(1, "lock.executed");
        Happened(2, "lock.failed");
        await TurnAsync();
        _notifier.SentNumbers.ShouldBe([2L], "urgent ones wake");
        _clock.Advance(TimeSpan.FromHours(7.4));
        await TurnAsync();
        _notifier.SentNumbers.ShouldBe([2L]);
        _clock.AdvanceTo(new(2026, 1, 5, 23, 30, 1, TimeSpan.Zero));
        await TurnAsync();
        _notifier.SentNumbers.ShouldBe([2L, 1]);
        _outbox.States.ShouldBe(["1 Sent", "2 Sent"]);
    }

    [Fact]
    public async Task QuietHours_ThatAreTakenAway_LetGoWhatTheyHeld()
    {
        _stores.Settings = NotificationSettings.Default with { QuietFrom = new(22, 0), QuietTo = new(7, 30) };
        _clock.AdvanceTo(new(2026, 1, 5, 16, 0, 0, TimeSpan.Zero));
        Happened(1, "lock.executed");
        await TurnAsync();
        _notifier.Sent.ShouldBeEmpty();
        (await _desk.SaveAsync(NotificationSettings.Default)).Succeeded.ShouldBeTrue();
        await TurnAsync();
        _notifier.SentNumbers.ShouldBe([1L]);
    }

    [Fact]
    public async Task Event_ThatIsOffOrSilent_IsSo()
    {
        _stores.Settings = NotificationSettings.Default with { Modes = new Dictionary<string, EventMode> { ["lock.fired"] = EventMode.Off, ["lock.executed"] = EventMode.Silent } };
        Happened(1, "lock.fired");
        Happened(2, "lock.executed");
        Happened(3, "lock.failed");
        await TurnAsync();
        _outbox.States.ShouldBe(["1 Off", "2 Sent", "3 Sent"]);
        _notifier.Sent.Select(n => n.IsSilent).ShouldBe([true, false]);
    }

    [Fact]
    public async Task Language_OfTheSettings_IsThatOfMessages()
    {
        _stores.Settings = NotificationSettings.Default with { Language = NotificationSettings.English };
        Happened(1, "lock.executed");
        await _app.Services.GetRequiredService<NotificationDesk>().SaveAsync(_stores.Settings);
        await TurnAsync();
        _notifier.Sent[0].Title.ShouldBe("Locked");
    }

    [Fact]
    public async Task Channel_ThatIsRemovedOrSwitchedOff_GetsNothingMore()
    {
        var second = Channel("two", ChannelKind.Webhook);
        _stores.Channels.Add(second);
        _notifier.Down.Add(second.Id);
        Happened(1, "lock.fired");
        await TurnAsync();
        (await _desk.ChangeAsync(second.Id, new(IsEnabled: false))).Succeeded.ShouldBeTrue();
        _clock.Advance(Backoff.Longest);
        Happened(2, "lock.executed");
        await TurnAsync();
        _outbox.StatesOf(second.Id).ShouldBe(["1 Expired"]);
        (_sender.Current.LastError, _sender.Current.Waiting).ShouldBe((null, 0));
    }

    [Fact]
    public async Task NoChannel_IsIdle_AndAsksNobody()
    {
        _stores.Channels.Clear();
        Happened(1, "lock.fired");
        await TurnAsync();
        (_outbox.Asked, _sender.IsIdle).ShouldBe((0, true));
        (await _desk.CreateAsync(new("late", ChannelKind.Ntfy, null, new Dictionary<string, string?> { ["url"] = "https://ntfy.sh/trader" }))).Succeeded.ShouldBeTrue();
        await TurnAsync();
        _notifier.SentNumbers.ShouldBe([1L], "what waited is told to the first channel there is");
    }

    public void Dispose()
    {
        _desk.Dispose();
        _app.Dispose();
    }

    private NotificationSender NewSender() => new(
        _outbox, _notifier, _desk, _app.Services.GetRequiredService<MessageWriter>(), _tape, _app.Services.GetRequiredService<NotificationMeter>(), _clock, NullLogger<NotificationSender>.Instance);

    private NotificationChannel Channel(string name, ChannelKind kind) => new()
    {
        Id = Guid.NewGuid(), Name = name, Kind = kind, CreatedAt = _clock.GetUtcNow(), UpdatedAt = _clock.GetUtcNow(), Settings = new Dictionary<string, string> { ["url"] = "https://127.0.0.1/x?access_token=1" },
    };

    private Task TurnAsync() => _sender.TurnAsync(CancellationToken.None);

    private void Happened(long number, string key)
    {
        var entry = new TapeEvent { Number = number, At = _clock.GetUtcNow(), Severity = TapeSeverity.Info, Key = key, Values = ["long", "1", "2"] };
        _outbox.Add(entry, _clock.GetUtcNow());
        _notifier.NumberOf = id => _outbox.NumberOf(id);
        _tape.Append(entry);
    }

    private sealed class ScriptedSender : IChannelSender
    {
        private readonly List<(Guid Channel, Notification Message)> _sent = [];

        public Queue<Delivery> Answers { get; } = [];
        public HashSet<Guid> Down { get; } = [];
        public Dictionary<Guid, Task<Delivery>> Hanging { get; } = [];
        public IReadOnlyList<Notification> Sent => [.. _sent.Select(s => s.Message)];
        public Func<Guid, long> NumberOf { get; set; } = _ => 0;
        public IEnumerable<long> SentNumbers => _sent.Select(s => NumberOf(s.Message.Id));

        public IEnumerable<long> SentOver(Guid channel) => _sent.Where(s => s.Channel == channel).Select(s => NumberOf(s.Message.Id));

        public Task<Delivery> SendAsync(NotificationChannel channel, Notification notification, CancellationToken stop = default)
        {
            _sent.Add((channel.Id, notification));
            if (Hanging.TryGetValue(channel.Id, out var hanging)) return hanging;
            return Task.FromResult(Down.Contains(channel.Id) ? NotificationSenderTests.Down : Answers.TryDequeue(out var answer) ? answer : Delivery.Arrived);
        }
    }
}
