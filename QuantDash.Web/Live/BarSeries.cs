using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;

namespace QuantDash.Web.Live;

/// <summary>The minute bars of one (source, symbol) and trading day. Written by one thread; <see cref="Bars"/> may be read by any.</summary>
internal sealed class BarSeries(Contract contract, SourceClock clock)
{
    private readonly BarBuilder _builder = new(contract, 1);
    private readonly List<Bar> _completed = [];
    private Bar[] _published = [];
    private bool _changed;

    public IReadOnlyList<Bar> Bars => Volatile.Read(ref _published);

    public void Add(in Tick tick, SessionWindow window)
    {
        Complete(_builder.Add(tick, window));
        if (_completed.Count > 0 && window.Phase != SessionPhase.Closed && _completed[^1].TradingDay != window.TradingDay) _completed.Clear();
        _changed = true;
    }

    /// <summary>A source whose ticks are the clock stands still between them.</summary>
    public void CompleteAt(DateTimeOffset now)
    {
        if (clock == SourceClock.Wall) Complete(_builder.CompleteAt(now));
        Publish();
    }

    public void Publish()
    {
        if (!_changed) return;
        _changed = false;
        Volatile.Write(ref _published, _builder.Current is { } growing ? [.. _completed, growing] : [.. _completed]);
    }

    private void Complete(Bar? bar)
    {
        if (bar is null) return;
        _completed.Add(bar);
        _changed = true;
    }
}
