using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using QuantDash.Core.Engine;
using QuantDash.Core.Notifications;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Notifications;
using QuantDash.Web.Live;

namespace QuantDash.Tests.Web.Features.Notifications;

public sealed class NotificationSenderTests : IDisposable
{
    private static readonly Delivery Down = new(DeliveryResult.Unavailable, "HTTP 500");
    private readonly AppFactory _app = new() { Settings = { ["QuantDash:Demo"] = "false" } };
    private readonly FakeTimeProvider _clock = new();
    private readonly ListOutbox _outbox = new();
    private readonly ScriptedNotifier _notifier = new();
    private readonly EventTape<TapeEvent> _tape = new(100, e => e.Number);
    private readonly NotificationSender _sender;

    public NotificationSenderTests() => _sender = new(
        _outbox, _notifier, _app.Services.GetRequiredService<MessageWriter>(), _tape, _app.Services.GetRequiredService<NotificationMeter>(), _clock, NullLogger<NotificationSender>.Instance);

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

    public void Dispose()
    {
        _app.Dispose();
    }

    private Task TurnAsync() => _sender.TurnAsync(CancellationToken.None);

    private void Happened(long number, string key)
    {
        var entry = new TapeEvent { Number = number, At = _clock.GetUtcNow(), Severity = TapeSeverity.Info, Key = key, Values = ["long", "1", "2"] };
        _outbox.Add(entry, _clock.GetUtcNow());
        _tape.Append(entry);
    }

    private sealed class ScriptedNotifier : INotifier
    {
        public Queue<Delivery> Answers { get; } = [];
        public List<Notification> Sent { get; } = [];
        public bool IsConfigured => true;

        public Task<Delivery> SendAsync(Notification notification, CancellationToken stop = default)
        {
            Sent.Add(notification);
            return Task.FromResult(Answers.TryDequeue(out var answer) ? answer : Delivery.Arrived);
        }
    }

    private sealed class ListOutbox : INotificationOutbox
    {
        private readonly SortedDictionary<long, (QueuedNotification Queued, NotificationState State)> _rows = [];

        public bool Broken { get; set; }
        public int Asked { get; private set; }
        public IEnumerable<string> States => _rows.Select(r => $"{r.Key} {r.Value.State}");

        public Guid IdOf(long number) => _rows[number].Queued.Id;

        public void Add(TapeEvent entry, DateTimeOffset at) => _rows.Add(entry.Number, (new(Guid.NewGuid(), entry, at, 0), NotificationState.Waiting));

        public Task<IReadOnlyList<QueuedNotification>> WaitingAsync(int most, CancellationToken stop = default)
        {
            Asked++;
            if (Broken) throw new InvalidOperationException("the database is away");
            return Task.FromResult<IReadOnlyList<QueuedNotification>>([.. _rows.Values.Where(r => r.State == NotificationState.Waiting).Select(r => r.Queued).Take(most)]);
        }

        public Task<int> CountWaitingAsync(CancellationToken stop = default) => Task.FromResult(_rows.Values.Count(r => r.State == NotificationState.Waiting));

        public Task RecordAsync(long number, NotificationState state, DateTimeOffset at, string? error)
        {
            _rows[number] = (_rows[number].Queued, state);
            return Task.CompletedTask;
        }

        public Task<int> ExpireAsync(DateTimeOffset before, string reason)
        {
            var old = _rows.Where(r => r.Value.State == NotificationState.Waiting && r.Value.Queued.QueuedAt < before).Select(r => r.Key).ToList();
            foreach (var number in old) _rows[number] = (_rows[number].Queued, NotificationState.Expired);
            return Task.FromResult(old.Count);
        }
    }
}
