namespace QuantDash.Core.Strategies.Sandbox;

/// <summary>The host's side of a strategy in another process: makes requests of what happens, and does what the answers ask for. It never waits: whoever carries requests and answers does.</summary>
/// <remarks>Requests are told in the order in which they are made; each memory is good until the next request. Answers are applied in the same order, at any later time.</remarks>
/// <param name="name">Of the definition.</param>
/// <param name="values">Bound by it.</param>
/// <param name="looksForOrders">The host may have made orders since the last event: they are looked for at each.</param>
public sealed class StrategyRemote(string name, IReadOnlyDictionary<string, string> values, bool looksForOrders = false)
{
    private readonly MessageWriter _request = new();
    private readonly MirroredOrders _orders = new();
    private readonly List<BarShape> _shapes = [];
    private IReadOnlyList<IStrategyInstrument> _instruments = [];
    private InstrumentLook?[] _told = [];
    private volatile int _heard = (int)HeardEvents.All;

    public bool HearsTicks => Hears(HeardEvents.Ticks);
    public bool HearsBars => Hears(HeardEvents.Bars);
    public bool HearsOrders => Hears(HeardEvents.Orders);
    public bool HearsFills => Hears(HeardEvents.Fills);
    public bool HearsTimers => Hears(HeardEvents.Timers);

    /// <summary>Which events need to be told, as the answer to the start says; before that all.</summary>
    public int Heard => _heard;

    public ReadOnlyMemory<byte> Start(IStrategyContext context)
    {
        (_instruments, _told) = (context.Instruments, new InstrumentLook?[context.Instruments.Count]);
        _orders.LookFor(_instruments);
        _request.Clear();
        _request.Byte((byte)RequestKind.Start);
        _request.Text(name);
        _request.Pairs(values);
        _request.Whole(_instruments.Count);
        foreach (var instrument in _instruments) GuestInstrument.Tell(_request, instrument);
        _request.Pairs(context.State.Values);
        TellChanges(context);
        return _request.Written;
    }

    /// <summary>Needs not be sent: what it tells beside the tick is told again with the next request.</summary>
    public ReadOnlyMemory<byte> Tick(IStrategyContext context, IStrategyInstrument instrument, in StrategyTick tick)
    {
        Begin(RequestKind.Tick, context, isDroppable: true);
        _request.Whole(IndexOf(instrument));
        _request.Long(tick.At);
        _request.Long(tick.LastTicks);
        _request.Long(tick.BidTicks);
        _request.Long(tick.AskTicks);
        _request.Number(tick.BidVolume);
        _request.Number(tick.AskVolume);
        _request.Number(tick.DayVolume);
        return _request.Written;
    }

    public ReadOnlyMemory<byte> Bar(IStrategyContext context, IStrategyInstrument instrument, in StrategyBar bar)
    {
        Begin(RequestKind.Bar, context);
        _request.Whole(IndexOf(instrument));
        Tell(bar.Shape);
        Tell(bar);
        return _request.Written;
    }

    /// <summary>Bars of one trading day and one shape: told one after the other until it acts.</summary>
    public ReadOnlyMemory<byte> Bars(IStrategyContext context, IStrategyInstrument instrument, ReadOnlySpan<BarAhead> bars)
    {
        Begin(RequestKind.Bars, context);
        _request.Whole(IndexOf(instrument));
        Tell(bars[0].Bar.Shape);
        _request.Whole(bars.Length);
        foreach (ref readonly var ahead in bars)
        {
            Tell(ahead.Bar);
            _request.Flag(ahead.IsWarmingUp);
            _request.Exact(ahead.Equity);
            _request.Exact(ahead.Available);
        }

        // What the strategy has seen last depends on how far it gets.
        _told[IndexOf(instrument)] = null;
        return _request.Written;
    }

    public ReadOnlyMemory<byte> Order(IStrategyContext context, StrategyOrder order)
    {
        _orders.IdOf(order);
        Begin(RequestKind.Order, context);
        _request.Whole(_orders.IdOf(order));
        return _request.Written;
    }

    public ReadOnlyMemory<byte> Fill(IStrategyContext context, in StrategyFill fill)
    {
        _orders.Watch(fill.Order);
        _orders.IdOf(fill.Order);
        Begin(RequestKind.Fill, context);
        _request.Whole(_orders.IdOf(fill.Order));
        _request.Long(fill.PriceTicks);
        _request.Exact(fill.Volume);
        _request.Exact(fill.Fee);
        _request.Long(fill.At);
        return _request.Written;
    }

    public ReadOnlyMemory<byte> Timer(IStrategyContext context, string timer)
    {
        Begin(RequestKind.Timer, context);
        _request.Text(timer);
        return _request.Written;
    }

    public ReadOnlyMemory<byte> Stop(IStrategyContext context)
    {
        Begin(RequestKind.Stop, context);
        return _request.Written;
    }

    /// <summary>Takes in the answer to <see cref="Start"/> and does what it asks for.</summary>
    public void ApplyStart(IStrategyContext context, ReadOnlyMemory<byte> answer) => Hear(Apply(context, answer));

    /// <summary>Does what an answer asks for. Throws <see cref="StrategyGuestException"/> when the strategy threw, <see cref="FormatException"/> when the answer makes no sense.</summary>
    /// <returns>How many bars it was told; after the start: <see cref="Heard"/>.</returns>
    public int Apply(IStrategyContext context, ReadOnlyMemory<byte> answer) => Read(answer, new DoneAtOnce(context, _orders, _instruments));

    /// <summary>Hands what an answer asks for to whoever does it later. May be called from another thread than the rest.</summary>
    /// <inheritdoc cref="Apply"/>
    public int Read(ReadOnlyMemory<byte> answer, IStrategyWishes wishes)
    {
        var (message, actions, remark) = Open(answer);
        for (var i = 0; i < actions; i++) Read(message, wishes);
        return remark;
    }

    /// <summary>How many bars an answer to <see cref="Bars"/> is about, without doing anything yet.</summary>
    public static int BarsOf(ReadOnlyMemory<byte> answer) => Open(answer).Remark;

    private static (MessageReader Message, int Actions, int Remark) Open(ReadOnlyMemory<byte> answer)
    {
        var message = new MessageReader(answer);
        return message.Choice<AnswerKind>() switch
        {
            AnswerKind.Actions => (message, message.Whole(), message.Whole()),
            AnswerKind.Failure => throw new StrategyGuestException(message.Text(), message.Text(), message.Text()),
            var other => throw new FormatException($"{other} is no answer to an event."),
        };
    }

    private void Read(MessageReader message, IStrategyWishes wishes)
    {
        switch (message.Choice<ActionKind>())
        {
            case ActionKind.Place:
                var (id, instrument) = (message.Whole(), Instrument(message));
                var wire = OrderWire.Read(message);
                wishes.Place(id > 0 ? id : throw new FormatException($"An order is numbered {id}."), new(instrument, wire.Side, wire.Offset, wire.Volume, wire.Type, wire.PriceTicks));
                break;
            case ActionKind.Cancel:
                wishes.Cancel(message.Whole());
                break;
            case ActionKind.MoveTo:
                wishes.MoveTo(Instrument(message), message.Exact());
                break;
            case ActionKind.Timer:
                wishes.SetTimer(message.Text(), Time(message.Long()));
                break;
            case ActionKind.Log:
                wishes.Log(message.Text());
                break;
            case ActionKind.Note:
                wishes.Note(message.Text(), message.Text());
                break;
            default:
                wishes.Note(message.Text(), null);
                break;
        }
    }

    private static DateTimeOffset Time(long utcTicks) =>
        utcTicks >= DateTimeOffset.MinValue.UtcTicks && utcTicks <= DateTimeOffset.MaxValue.UtcTicks ? new(utcTicks, TimeSpan.Zero) : throw new FormatException($"{utcTicks} is no time.");

    private IStrategyInstrument Instrument(MessageReader message)
    {
        var index = message.Whole();
        return index >= 0 && index < _instruments.Count ? _instruments[index] : throw new FormatException($"There is no instrument {index}.");
    }

    private int IndexOf(IStrategyInstrument instrument)
    {
        for (var i = 0; i < _instruments.Count; i++)
            if (ReferenceEquals(_instruments[i], instrument)) return i;
        throw new ArgumentException($"{instrument.Symbol} is no instrument of this run.", nameof(instrument));
    }

    /// <summary>From any thread: what the answer to the start said.</summary>
    public void Hear(int heard) => _heard = heard;

    private bool Hears(HeardEvents happening) => (_heard & (int)happening) != 0;

    private void Begin(RequestKind kind, IStrategyContext context, bool isDroppable = false)
    {
        _request.Clear();
        _request.Byte((byte)kind);
        TellChanges(context, isDroppable);
    }

    private void TellChanges(IStrategyContext context, bool isDroppable = false)
    {
        if (looksForOrders) _orders.LookFor(_instruments);
        var now = context.Now;
        _request.Whole((int)now.Offset.TotalMinutes);
        _request.Long(now.UtcTicks);
        _request.Whole(context.TradingDay.DayNumber);
        _request.Flag(context.IsWarmingUp);
        _request.Exact(context.Equity);
        _request.Exact(context.Available);
        TellInstruments(isDroppable);
        _orders.Tell(_request, IndexOf, isDroppable);
    }

    private void TellInstruments(bool isDroppable)
    {
        var (at, changed) = (_request.Length, 0);
        _request.Whole(0);
        for (var i = 0; i < _told.Length; i++)
        {
            var look = InstrumentLook.Of(_instruments[i]);
            if (_told[i] == look) continue;
            _told[i] = isDroppable ? null : look;
            changed++;
            _request.Whole(i);
            look.Write(_request);
        }

        _request.WholeAt(at, changed);
    }

    private void Tell(BarShape shape)
    {
        var number = _shapes.IndexOf(shape);
        var isNew = number < 0;
        _request.Whole(isNew ? _shapes.Count : number);
        _request.Flag(isNew);
        if (!isNew) return;
        _shapes.Add(shape);
        _request.Exact(shape.Scale.PriceTick);
        _request.Text(shape.Timeframe.ToString());
    }

    private void Tell(in StrategyBar bar)
    {
        _request.Long(bar.End);
        _request.Long(bar.OpenTicks);
        _request.Long(bar.HighTicks);
        _request.Long(bar.LowTicks);
        _request.Long(bar.CloseTicks);
        _request.Number(bar.Volume);
    }
}

/// <summary>A bar that a strategy may be told before its host has come to it, because nothing else happens until then.</summary>
public readonly record struct BarAhead(StrategyBar Bar, bool IsWarmingUp, decimal Equity, decimal Available);

/// <summary>A strategy in another process threw.</summary>
public sealed class StrategyGuestException(string type, string message, string stack) : Exception($"{type}: {message}")
{
    /// <summary>Full name of the exception's type.</summary>
    public string Type { get; } = type;

    /// <summary>As the other process wrote it.</summary>
    public string Stack { get; } = stack;
}
