using QuantDash.Core.Instruments;

namespace QuantDash.Core.Markets;

/// <summary>Decides for one (source, symbol) which ticks are real: nothing behind it sees a tick that is broken, late, repeated or a lone spike.</summary>
/// <remarks>Rules: DESIGN.md 5 and 6.1. Single-threaded, allocates nothing after the first tick. The caller counts rejects by reason, and a
/// <see cref="TickReject.Spike"/> for each result with <see cref="GateResult.DiscardedHeld"/>.</remarks>
public sealed class TickGate(SourceClock clock, TickGateOptions options)
{
    private TickConversion? _conversion;
    private bool _hasLast;
    private RawTick _lastRaw;
    private Tick _last;
    private bool _hasHeld;
    private RawTick _heldRaw;
    private Tick _held;

    /// <summary>The last accepted tick; null before the first.</summary>
    public Tick? Last => _hasLast ? _last : null;

    /// <summary>The jump that waits for an agreeing tick; null when there is none.</summary>
    public Tick? Held => _hasHeld ? _held : null;

    /// <summary>When <see cref="ReleaseHeld"/> is due; null when nothing is held or only the next tick can decide.</summary>
    public DateTimeOffset? ReleaseAt => _hasHeld && clock == SourceClock.Wall ? _held.ReceivedAt + options.SpikeHold : null;

    /// <summary>Examines the next tick in order of arrival.</summary>
    /// <param name="now">Our clock; not looked at on a <see cref="SourceClock.Ticks"/> source.</param>
    /// <param name="tick">The tick, when accepted.</param>
    public GateResult Examine(in RawTick raw, Contract contract, DateTimeOffset now, out Tick tick)
    {
        var conversion = ConversionFor(contract);
        var reason = conversion.TryConvert(raw, clock == SourceClock.Ticks ? null : now, out tick);
        if (reason == TickReject.None) reason = CheckTime(raw, now);
        return reason == TickReject.None ? Settle(raw, tick) : GateResult.Rejected(reason);
    }

    /// <summary>Accepts the held tick when nothing has contradicted it for <see cref="TickGateOptions.SpikeHold"/>. On a source whose ticks are the
    /// clock time stands still between ticks, so there only the next tick decides.</summary>
    public bool ReleaseHeld(DateTimeOffset now, out Tick tick)
    {
        tick = _held;
        if (ReleaseAt is not { } due || now < due) return false;
        Accept(_heldRaw, _held);
        return true;
    }

    private TickConversion ConversionFor(Contract contract)
    {
        if (_conversion is { } current && ReferenceEquals(current.Contract, contract)) return current;
        Rescale(contract);
        return _conversion = new(contract);
    }

    /// <summary>A new price tick (dated terms) leaves the last price where it was, counted in the new ticks.</summary>
    private void Rescale(Contract contract)
    {
        if (_conversion is not { } previous || previous.Contract.PriceTick == contract.PriceTick) return;
        _hasHeld = false;
        if (!_hasLast) return;
        _hasLast = new TickConversion(contract).TryConvert(_lastRaw, _last.ReceivedAt, out _last) == TickReject.None;
    }

    private TickReject CheckTime(in RawTick raw, DateTimeOffset now)
    {
        if (clock == SourceClock.Wall)
        {
            var age = now - raw.Timestamp;
            if (age > options.MaxTickAge) return TickReject.TooOld;
            if (-age > options.MaxAhead) return TickReject.Ahead;
        }

        // A repeated jump is no second witness: it is compared with the held tick too.
        if (_hasHeld && raw.Timestamp == _heldRaw.Timestamp && raw == _heldRaw) return TickReject.Duplicate;
        if (!_hasLast || raw.Timestamp > _lastRaw.Timestamp) return TickReject.None;
        if (raw.Timestamp < _lastRaw.Timestamp) return TickReject.Backwards;
        return raw == _lastRaw ? TickReject.Duplicate : TickReject.None;
    }

    private GateResult Settle(in RawTick raw, in Tick tick)
    {
        if (!_hasHeld)
        {
            if (!_hasLast || !Jumps(_last, tick)) return Accept(raw, tick);
            return Hold(raw, tick);
        }

        if (Confirms(tick)) return Accept(raw, tick);
        var result = Jumps(_last, tick) ? Hold(raw, tick) : Accept(raw, tick);
        return result with { DiscardedHeld = true };
    }

    private GateResult Accept(in RawTick raw, in Tick tick)
    {
        _hasHeld = false;
        _hasLast = true;
        _lastRaw = raw;
        _last = tick;
        return new(GateVerdict.Accepted);
    }

    private GateResult Hold(in RawTick raw, in Tick tick)
    {
        _hasHeld = true;
        _heldRaw = raw;
        _held = tick;
        return new(GateVerdict.Held);
    }

    /// <summary>Whether the held tick would not have leapt either way from this one: a leaping side must be seen again too.</summary>
    private bool Confirms(in Tick tick) => !Jumps(_held, tick) && !SidesJump(tick, _held);

    private bool Jumps(in Tick from, in Tick to) => Far(from.LastTicks, to.LastTicks) || SidesJump(from, to);

    private bool SidesJump(in Tick from, in Tick to) =>
        SideJumps(from.BidTicks, from.LastTicks, to.BidTicks, to.LastTicks) || SideJumps(from.AskTicks, from.LastTicks, to.AskTicks, to.LastTicks)
        || SideJumps(from.MarkTicks, from.LastTicks, to.MarkTicks, to.LastTicks);

    /// <summary>A rule may look at a side or at the mark instead of the last price, so one that leaps alone is held as well: far from where it was (or from the last price,
    /// if it was absent) and far from the price of its own tick.</summary>
    private bool SideJumps(long side, long last, long nextSide, long nextLast) =>
        nextSide != 0 && Far(nextLast, nextSide) && Far(side == 0 ? last : side, nextSide);

    private bool Far(long from, long to) => Math.Abs(to - from) > options.SpikeRatio * from;
}
