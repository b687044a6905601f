using QuantDash.Core.Orders;

namespace QuantDash.Web.Adapters.Venues.Bridge;

/// <summary>The venue behind the trader's own program. Its queue holds nothing that does not follow from the working orders: what is to be asked of the
/// program, and when it was asked last. Runs on the trading thread (ADR 0008).</summary>
/// <param name="epoch">Names this start of ours.</param>
/// <param name="report">Takes what the venue says by itself: nothing heard, or never handed out.</param>
/// <param name="startedAt">Sequences go on from its milliseconds, so that they grow over restarts.</param>
internal sealed class BridgeVenue(string epoch, Action<OrderReport> report, DateTimeOffset startedAt) : IBridgeLink
{
    /// <summary>A minute long every five seconds, then less and less often: a program that asks and does not answer has its reasons.</summary>
    private const int AsksAtFullPace = 12;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPatience = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan LostAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LinkHolds = TimeSpan.FromSeconds(60);

    private readonly Dictionary<ClientOrderId, Errand> _errands = [];
    private TaskCompletionSource _changed = NewSignal();
    private long _sequence = startedAt.ToUnixTimeMilliseconds();
    private DateTimeOffset _now = startedAt;
    private DateTimeOffset? _contestedAt;
    private bool _askedForSnapshot;
    private bool _comparisonWanted;

    public string Epoch => epoch;
    public bool IsShut { get; private set; } = true;
    public bool SnapshotWanted => IsShut || _comparisonWanted;
    public DateTimeOffset? HeardAt { get; private set; }
    public bool IsHeard { get; private set; }

    public bool IsContested => _now - _contestedAt < LinkHolds;
    public bool IsLinkUp => IsHeard && !IsShut;
    public IReadOnlyList<BridgeCommand> Open => [.. _errands.Values.OrderBy(errand => errand.Sequence).Select(errand => errand.ToCommand())];

    public BridgeCommand? About(ClientOrderId id) => _errands.TryGetValue(id, out var errand) ? errand.ToCommand() : null;

    public void Place(Order order) => Send(order, BridgeAction.Place);

    /// <summary>What no program has taken yet is simply not given out any more.</summary>
    public void Cancel(Order order)
    {
        if (_errands.TryGetValue(order.Id, out var errand) && errand is { Action: BridgeAction.Place, WasHandedOut: false })
        {
            _errands.Remove(order.Id);
            Tell(order, ReportStatus.Cancelled, null);
        }
        else
        {
            Send(order, BridgeAction.Cancel);
        }
    }

    /// <summary>After a start, or a link that was cut. An order that was not known to have arrived is handed out again under its id, which is the look-up.</summary>
    public void Query(Order order)
    {
        var arrived = order.VenueOrderId is not null || !order.FilledVolume.IsZero;
        var action = order.State == OrderState.Cancelling ? BridgeAction.Cancel : arrived ? BridgeAction.Query : BridgeAction.Place;
        Send(order, action);
        // An earlier epoch may have given it out.
        _errands[order.Id].WasHandedOut = true;
        if (!arrived) Tell(order, ReportStatus.Unanswered, "unanswered");
    }

    public BridgeHandOut Take(DateTimeOffset now, long? after = null)
    {
        (_now, HeardAt, IsHeard) = (now, now, true);
        foreach (var errand in _errands.Values.Where(errand => errand.Sequence > after && now - errand.HandedOutAt >= LostAfter).ToList()) (errand.HandedOutAt, errand.Sequence) = (null, ++_sequence);
        var items = IsShut ? [] : _errands.Values.Where(errand => errand.HandedOutAt is null).OrderBy(errand => errand.Sequence).ToList();
        var isNews = items.Count > 0 || (SnapshotWanted && !_askedForSnapshot);
        _askedForSnapshot = SnapshotWanted;
        foreach (var errand in items)
        {
            errand.IsDisputed |= IsContested;
            if (errand is { Action: BridgeAction.Place, WasHandedOut: true, IsDisputed: true }) errand.Action = BridgeAction.Query;
            (errand.HandedOutAt, errand.WasHandedOut, errand.Asked) = (now, true, errand.Asked + 1);
        }
        return new(epoch, SnapshotWanted, [.. items.Select(errand => errand.ToCommand())], isNews, _changed.Task, IsShut);
    }

    /// <summary>Nobody can say any more which of the two was given what.</summary>
    public void Contest(DateTimeOffset now)
    {
        (_now, _contestedAt) = (now, now);
        foreach (var errand in _errands.Values) errand.IsDisputed |= errand.WasHandedOut;
    }

    public bool IsDisputed(ClientOrderId id) => _errands.TryGetValue(id, out var errand) && errand.IsDisputed;

    public void WantSnapshot()
    {
        if (SnapshotWanted) return;
        (_comparisonWanted, _askedForSnapshot) = (true, false);
        Signal();
    }

    public void Reconciled()
    {
        if (IsShut)
        {
            foreach (var errand in _errands.Values) (errand.HandedOutAt, errand.Asked) = (null, Math.Min(errand.Asked, AsksAtFullPace));
        }
        (IsShut, _comparisonWanted) = (false, false);
        Signal();
    }

    public void Answered(ClientOrderId id, Order? order, bool keepAsking, DateTimeOffset now)
    {
        _now = now;
        if (!_errands.TryGetValue(id, out var errand))
        {
            if (keepAsking && order is not null) Send(order, BridgeAction.Query, handedOutAt: now);
            return;
        }
        // A cancel may have crossed the report: it ends with the order, or when the order goes on without it.
        if (order is { State: OrderState.Cancelling } && errand.Action == BridgeAction.Cancel) return;
        _errands.Remove(id);
        if (keepAsking && order is not null) Send(order, BridgeAction.Query, handedOutAt: now);
    }

    public void OnTimer(DateTimeOffset now)
    {
        _now = now;
        if (IsHeard && now - HeardAt > LinkHolds) Cut();
        foreach (var errand in _errands.Values.Where(errand => errand.IsUnsentAfter(now, BridgeCommand.ExecuteWithin)).ToList()) Expire(errand);
        foreach (var errand in _errands.Values.Where(errand => now >= errand.AskedAgainAt).ToList())
        {
            (errand.HandedOutAt, errand.Sequence) = (null, ++_sequence);
            Tell(errand.Order, ReportStatus.Unanswered, "unanswered");
            Signal();
        }
    }

    /// <summary>Orders not sent when the link drops are not sent later, and what was sent before is looked up after the next snapshot.</summary>
    private void Cut()
    {
        (IsHeard, IsShut, _comparisonWanted, _askedForSnapshot) = (false, true, false, false);
        foreach (var errand in _errands.Values.Where(errand => errand is { Action: BridgeAction.Place, WasHandedOut: false }).ToList()) Expire(errand);
    }

    private void Expire(Errand errand)
    {
        _errands.Remove(errand.Order.Id);
        Tell(errand.Order, ReportStatus.Absent, null);
    }

    private void Send(Order order, BridgeAction action, DateTimeOffset? handedOutAt = null)
    {
        _errands.TryGetValue(order.Id, out var earlier);
        _errands[order.Id] = new()
        {
            Order = order, Action = action, Sequence = ++_sequence, AskedAt = _now, HandedOutAt = handedOutAt, WasHandedOut = earlier?.WasHandedOut ?? false,
            IsDisputed = earlier?.IsDisputed ?? false, Asked = earlier?.Asked ?? (handedOutAt is null ? 0 : 1),
        };
        Signal();
    }

    private void Tell(Order order, ReportStatus status, string? reason) =>
        report(new() { OrderId = order.Id, Status = status, Reason = reason, OccurredAt = order.UpdatedAt });

    private void Signal()
    {
        var told = _changed;
        _changed = NewSignal();
        told.TrySetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Something to ask of the program about one order.</summary>
    private sealed class Errand
    {
        public required Order Order { get; init; }
        public required BridgeAction Action { get; set; }
        public required long Sequence { get; set; }
        public required DateTimeOffset AskedAt { get; init; }

        /// <summary>Null: to be handed out.</summary>
        public DateTimeOffset? HandedOutAt { get; set; }

        /// <summary>How often.</summary>
        public int Asked { get; set; }

        /// <summary>When patience ends; null: it is to be handed out.</summary>
        public DateTimeOffset? AskedAgainAt => HandedOutAt + (Asked <= AsksAtFullPace ? Patience : Min(LongestPatience, Patience * Math.Pow(2, Math.Min(Asked - AsksAtFullPace, 8))));

        /// <summary>Whether a program may have it.</summary>
        public bool WasHandedOut { get; set; }

        /// <summary>Handed out while two programs asked.</summary>
        public bool IsDisputed { get; set; }

        public bool IsUnsentAfter(DateTimeOffset now, TimeSpan age) => Action == BridgeAction.Place && !WasHandedOut && now - AskedAt > age;

        public BridgeCommand ToCommand() => new(Sequence, Action, Order, HandedOutAt, Asked, AskedAgainAt);

        private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
    }
}
