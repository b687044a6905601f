using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Strategies.Sandbox;

/// <summary>What a strategy sees and does in a process of its own: shows what its host told last, and collects what it asks for.</summary>
/// <remarks>Nothing of what it asks for is known to be done before the host says so: an order stands as working until it is told otherwise, a cancel and a move change nothing yet.</remarks>
internal sealed class GuestContext : IStrategyContext
{
    private readonly List<GuestInstrument> _instruments;
    private readonly Dictionary<int, StrategyOrder> _orders = [];
    private readonly Dictionary<StrategyOrder, int> _ids = [];
    private readonly MessageWriter _actions = new();
    private Dictionary<string, string> _told;
    private int _number;
    private int _placed;
    private int _lines;

    public GuestContext(MessageReader start)
    {
        _instruments = [.. Enumerable.Range(0, start.Count()).Select(_ => new GuestInstrument(start))];
        Instruments = [.. _instruments];
        _told = start.Pairs();
        State = new(_told);
        BeginActions();
    }

    public DateTimeOffset Now { get; private set; }
    public DateOnly TradingDay { get; private set; }
    public bool IsWarmingUp { get; private set; }
    public IReadOnlyList<IStrategyInstrument> Instruments { get; }
    public decimal Equity { get; private set; }
    public decimal Available { get; private set; }
    public StrategyState State { get; }

    /// <summary>How many actions were asked for since the last answer.</summary>
    public int Actions { get; private set; }

    public GuestInstrument Instrument(int index) => _instruments[index];

    public StrategyOrder Order(int id) => _orders.TryGetValue(id, out var order) ? order : throw new FormatException($"There is no order {id}.");

    /// <summary>Takes in what the host says has changed.</summary>
    public void Take(MessageReader message)
    {
        TakeMoment(message);
        for (var count = message.Count(); count > 0; count--) _instruments[message.Whole()].Take(InstrumentLook.Read(message));
        for (var count = message.Count(); count > 0; count--) TakeNewOrder(message);
        var changes = message.Count();
        for (var i = 0; i < changes; i++) TakeChange(message);
        if (changes == 0) return;
        foreach (var instrument in _instruments) instrument.RemoveEnded();
    }

    /// <summary>Of several bars told at once: the next one.</summary>
    public void TakeBar(MessageReader message, GuestInstrument instrument, in StrategyBar bar)
    {
        Now = DateTimeOffset.FromUnixTimeMilliseconds(bar.End);
        (IsWarmingUp, Equity, Available) = (message.Flag(), message.Exact(), message.Exact());
        instrument.LastTicks = bar.CloseTicks;
    }

    private void TakeMoment(MessageReader message)
    {
        var offset = TimeSpan.FromMinutes(message.Whole());
        Now = new DateTimeOffset(message.Long(), TimeSpan.Zero).ToOffset(offset);
        TradingDay = DateOnly.FromDayNumber(message.Whole());
        IsWarmingUp = message.Flag();
        (Equity, Available) = (message.Exact(), message.Exact());
    }

    public StrategyOrder Place(in OrderIntent intent)
    {
        if (++_placed > SandboxLimits.OrdersOfOneEvent) throw new InvalidOperationException($"More than {SandboxLimits.OrdersOfOneEvent} orders in one event.");
        var instrument = IndexOf(intent.Instrument);
        var order = new StrategyOrder(++_number, intent);
        var id = _number;
        Keep(id, order);
        Begin(ActionKind.Place);
        _actions.Whole(id);
        _actions.Whole(instrument);
        OrderWire.Write(_actions, intent.Side, intent.Offset, intent.Type, intent.PriceTicks, intent.Volume);
        return order;
    }

    public void Cancel(StrategyOrder order)
    {
        if (!order.IsWorking) return;
        CountOrder();
        Begin(ActionKind.Cancel);
        _actions.Whole(_ids.TryGetValue(order, out var id) ? id : throw new ArgumentException("This is no order of this run.", nameof(order)));
    }

    public void MoveTo(IStrategyInstrument instrument, decimal net)
    {
        CountOrder();
        Begin(ActionKind.MoveTo);
        _actions.Whole(IndexOf(instrument));
        _actions.Exact(net);
    }

    public void SetTimer(string name, DateTimeOffset due)
    {
        CountOrder();
        Begin(ActionKind.Timer);
        _actions.Text(name);
        _actions.Long(due.UtcTicks);
    }

    public void Log(string message)
    {
        if (_lines++ >= SandboxLimits.LinesOfOneEvent) return;
        Line(message.Length > SandboxLimits.LongestLine ? message[..SandboxLimits.LongestLine] : message);
    }

    /// <summary>Ends the event: what was asked for, to be sent before the next one begins.</summary>
    /// <param name="remark">How many bars it was told; after the start: which events it hears.</param>
    public ReadOnlyMemory<byte> EndEvent(int remark)
    {
        if (_lines > SandboxLimits.LinesOfOneEvent) Line($"… and {_lines - SandboxLimits.LinesOfOneEvent} lines more in this event.");
        TellState();
        _actions.WholeAt(1, Actions);
        _actions.WholeAt(1 + sizeof(int), remark);
        return _actions.Written;
    }

    /// <summary>After <see cref="EndEvent"/>, when it was sent.</summary>
    public void BeginActions()
    {
        _actions.Clear();
        _actions.Byte((byte)AnswerKind.Actions);
        _actions.Whole(0);
        _actions.Whole(0);
        (Actions, _placed, _lines) = (0, 0, 0);
    }

    private void TakeNewOrder(MessageReader message)
    {
        var (id, instrument) = (message.Whole(), _instruments[message.Whole()]);
        var wire = OrderWire.Read(message);
        if (_orders.ContainsKey(id)) return; // Told again because a tick before may not have come through.
        Keep(id, new(++_number, new(instrument, wire.Side, wire.Offset, wire.Volume, wire.Type, wire.PriceTicks)));
    }

    private void TakeChange(MessageReader message)
    {
        var order = Order(message.Whole());
        (order.FilledVolume, order.State, order.Reason) = (message.Exact(), message.Choice<StrategyOrderState>(), message.TextOrNone());
    }

    private void Keep(int id, StrategyOrder order)
    {
        _orders.Add(id, order);
        _ids.Add(order, id);
        ((GuestInstrument)order.Instrument).Add(order);
    }

    private int IndexOf(IStrategyInstrument instrument)
    {
        var index = instrument is GuestInstrument own ? _instruments.IndexOf(own) : -1;
        return index >= 0 ? index : throw new ArgumentException("This is no instrument of this run.", nameof(instrument));
    }

    private void CountOrder()
    {
        if (++_placed > SandboxLimits.OrdersOfOneEvent) throw new InvalidOperationException($"More than {SandboxLimits.OrdersOfOneEvent} orders, cancels and timers in one event.");
    }

    private void Begin(ActionKind kind)
    {
        Actions++;
        _actions.Byte((byte)kind);
    }

    private void Line(string message)
    {
        Begin(ActionKind.Log);
        _actions.Text(message);
    }

    private void TellState()
    {
        var values = State.Values;
        if (values.Count == 0 && _told.Count == 0) return;
        var changed = false;
        foreach (var (name, value) in values)
        {
            if (_told.TryGetValue(name, out var told) && told == value) continue;
            changed = true;
            Begin(ActionKind.Note);
            _actions.Text(name);
            _actions.Text(value);
        }

        foreach (var gone in _told.Keys.Where(name => !values.ContainsKey(name)).ToList())
        {
            changed = true;
            Begin(ActionKind.Forget);
            _actions.Text(gone);
        }

        if (!changed) return;
        if (values.Sum(note => note.Key.Length + note.Value.Length) > SandboxLimits.LongestState) throw new InvalidOperationException($"The state is longer than {SandboxLimits.LongestState} characters.");
        _told = new(values, StringComparer.Ordinal);
    }
}

/// <summary>The parts of an order that both sides write alike.</summary>
internal readonly record struct OrderWire(OrderSide Side, Offset Offset, StrategyOrderType Type, long PriceTicks, decimal Volume)
{
    public static void Write(MessageWriter message, OrderSide side, Offset offset, StrategyOrderType type, long priceTicks, decimal volume)
    {
        message.Byte((byte)side);
        message.Byte((byte)offset);
        message.Byte((byte)type);
        message.Long(priceTicks);
        message.Exact(volume);
    }

    public static OrderWire Read(MessageReader message) =>
        new(message.Choice<OrderSide>(), message.Choice<Offset>(), message.Choice<StrategyOrderType>(), message.Long(), message.Exact());
}
