using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Ticks;

/// <summary>Puts rows through the same gate as live ticks, one a symbol. A row is good, a repetition, broken, or a jump that the next row decides about.</summary>
internal sealed class TickRowCheck(ContractCatalog catalog, TradingCalendar calendar, Source source, string? symbolOfFile)
{
    private readonly Dictionary<string, SymbolRows> _symbols = new(StringComparer.Ordinal);

    public long Duplicates { get; private set; }
    public IEnumerable<string> Symbols => _symbols.Values.Select(s => s.Contract.Symbol.ToString()).Distinct();

    /// <summary>Takes the next row; what is decided by it, this row or the jump before it, goes to <paramref name="good"/> or <paramref name="broken"/>.</summary>
    public void Take(long line, in TickCsvRow row, GoodTick good, BrokenTick broken)
    {
        if (SymbolOf(row, line, broken) is not { } rows) return;
        var result = rows.Gate.Examine(row.Tick, rows.Contract, row.Tick.Timestamp, out var tick);
        if (result.Verdict == GateVerdict.Rejected)
        {
            if (result.Reject == TickReject.Duplicate) Duplicates++;
            else broken(line, [.. WrongFields.Of(row.Tick, rows.Contract, result.Reject)]);
            return;
        }

        if (result.DiscardedHeld) broken(rows.HeldLine, [Spike]);
        else if (rows.Held is { } confirmed) good(rows.Contract, rows.DayOf(confirmed, calendar, source), confirmed);
        rows.Hold(result.Verdict == GateVerdict.Held ? tick : null, line);
        if (!result.Accepted) return;
        var day = rows.DayOf(tick, calendar, source);
        if (!source.ExpiryNone && rows.Contract.LastTradingDay < day) broken(line, [new Problem("symbol", "tick_expired", rows.Contract.LastTradingDay)]);
        else good(rows.Contract, day, tick);
    }

    /// <summary>The end of the file: a jump in a symbol's last row was never confirmed.</summary>
    public void Finish(BrokenTick broken)
    {
        foreach (var rows in _symbols.Values.Where(s => s.Held is not null)) broken(rows.HeldLine, [Spike]);
    }

    private static Problem Spike { get; } = new("last_price", "tick_spike");

    private SymbolRows? SymbolOf(in TickCsvRow row, long line, BrokenTick broken)
    {
        var name = row.Symbol ?? symbolOfFile;
        if (string.IsNullOrEmpty(name))
        {
            broken(line, [new Problem("symbol", "required")]);
            return null;
        }

        if (_symbols.TryGetValue(name, out var known)) return known;
        var resolved = catalog.Resolve(name, DateOnly.FromDateTime(row.Tick.Timestamp.UtcDateTime));
        if (!resolved.Succeeded)
        {
            broken(line, resolved.Problems);
            return null;
        }

        // Two spellings of one contract are one series.
        var same = _symbols.Values.FirstOrDefault(s => s.Contract.Symbol == resolved.Value.Symbol);
        return _symbols[name] = same ?? new SymbolRows(resolved.Value);
    }

    public delegate void GoodTick(Contract contract, DateOnly tradingDay, in Tick tick);

    public delegate void BrokenTick(long line, IReadOnlyList<Problem> problems);

    private sealed class SymbolRows(Contract contract)
    {
        private SessionWindow? _window;

        public Contract Contract { get; } = contract;
        public TickGate Gate { get; } = new(SourceClock.Ticks, TickGateOptions.Default);
        public Tick? Held { get; private set; }
        public long HeldLine { get; private set; }

        public void Hold(Tick? tick, long line) => (Held, HeldLine) = (tick, line);

        public DateOnly DayOf(in Tick tick, TradingCalendar calendar, Source source)
        {
            if (_window is null || !_window.Covers(tick.OccurredAt)) _window = calendar.WindowAt(Contract, tick.OccurredAt, source.SessionsAlways);
            return calendar.RecordingDay(Contract, _window, tick.OccurredAt);
        }
    }
}
