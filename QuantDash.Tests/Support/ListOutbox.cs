using QuantDash.Core.Engine;
using QuantDash.Core.Notifications;

namespace QuantDash.Tests.Support;

/// <summary>The outbox in memory.</summary>
internal sealed class ListOutbox : INotificationOutbox
{
    private readonly SortedDictionary<long, QueuedNotification> _queued = [];
    private readonly SortedDictionary<(long Number, Guid Channel), (DeliveryState State, DateTimeOffset DueAt, int Attempts)> _rows = [];
    private readonly Dictionary<long, string> _ended = [];
    private readonly Lock _gate = new();

    public bool Broken { get; set; }

    public int Asked { get; private set; }

    /// <summary>Of every message over every channel, e.g. <c>1 Sent</c>.</summary>
    public IEnumerable<string> States => [.. _rows.Select(r => $"{r.Key.Number} {r.Value.State}").Concat(_ended.Select(e => $"{e.Key} {e.Value}")).Order(StringComparer.Ordinal)];

    public IEnumerable<string> StatesOf(Guid channel) => [.. _rows.Where(r => r.Key.Channel == channel).Select(r => $"{r.Key.Number} {r.Value.State}")];

    public Guid IdOf(long number) => _queued[number].Id;

    public long NumberOf(Guid id) => _queued.Values.Single(q => q.Id == id).Event.Number;

    public void Add(TapeEvent entry, DateTimeOffset at) => _queued.Add(entry.Number, new(Guid.NewGuid(), entry, at, 0));

    public Task<int> PlanAsync(IReadOnlyList<Guid> channels, CancellationToken stop = default)
    {
        lock (_gate)
        {
            Asked++;
            if (Broken) throw new InvalidOperationException("the database is away");
            var fresh = _queued.Values.Where(q => !_ended.ContainsKey(q.Event.Number) && _rows.Keys.All(k => k.Number != q.Event.Number)).ToList();
            foreach (var queued in fresh)
            {
                foreach (var channel in channels) _rows[(queued.Event.Number, channel)] = (DeliveryState.Waiting, queued.QueuedAt, 0);
            }

            return Task.FromResult(fresh.Count);
        }
    }

    public Task<IReadOnlyList<QueuedNotification>> DueAsync(Guid channel, DateTimeOffset now, int most, CancellationToken stop = default)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<QueuedNotification>>(
                [.. _rows.Where(r => r.Key.Channel == channel && r.Value.State == DeliveryState.Waiting && r.Value.DueAt <= now).Take(most).Select(r => _queued[r.Key.Number] with { Attempts = r.Value.Attempts })]);
        }
    }

    public Task<IReadOnlyList<ChannelQueue>> QueuesAsync(CancellationToken stop = default)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<ChannelQueue>>(
                [.. _rows.Where(r => r.Value.State == DeliveryState.Waiting).GroupBy(r => r.Key.Channel).Select(g => new ChannelQueue(g.Key, g.Count(), g.Min(r => r.Value.DueAt)))]);
        }
    }

    public Task RecordAsync(Guid channel, IReadOnlyList<long> numbers, DeliveryState state, DateTimeOffset at, string? error)
    {
        lock (_gate)
        {
            foreach (var number in numbers) _rows[(number, channel)] = _rows[(number, channel)] with { State = state, Attempts = _rows[(number, channel)].Attempts + 1 };
            return Task.CompletedTask;
        }
    }

    public Task HoldAsync(Guid channel, IReadOnlyList<long> numbers, DateTimeOffset until)
    {
        lock (_gate)
        {
            foreach (var number in numbers) _rows[(number, channel)] = _rows[(number, channel)] with { DueAt = until };
            return Task.CompletedTask;
        }
    }

    public Task ReleaseAsync(DateTimeOffset now)
    {
        lock (_gate)
        {
            foreach (var key in _rows.Where(r => r.Value.State == DeliveryState.Waiting && r.Value.DueAt > now).Select(r => r.Key).ToList()) _rows[key] = _rows[key] with { DueAt = now };
            return Task.CompletedTask;
        }
    }

    public Task<int> ExpireAsync(DateTimeOffset before, string reason)
    {
        lock (_gate)
        {
            var old = _rows.Where(r => r.Value.State == DeliveryState.Waiting && r.Value.DueAt < before).Select(r => r.Key).ToList();
            foreach (var key in old) _rows[key] = _rows[key] with { State = DeliveryState.Expired };
            foreach (var queued in _queued.Values.Where(q => q.QueuedAt < before && _rows.Keys.All(k => k.Number != q.Event.Number))) _ended[queued.Event.Number] = "Expired";
            return Task.FromResult(old.Count);
        }
    }

    public Task DropAsync(Guid channel, string reason)
    {
        lock (_gate)
        {
            foreach (var key in _rows.Where(r => r.Key.Channel == channel && r.Value.State == DeliveryState.Waiting).Select(r => r.Key).ToList()) _rows[key] = _rows[key] with { State = DeliveryState.Expired };
            return Task.CompletedTask;
        }
    }
}
