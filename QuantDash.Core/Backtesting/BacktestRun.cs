using QuantDash.Core.Instruments;
using QuantDash.Core.Performance;
using QuantDash.Core.Strategies;
using QuantDash.Core.Strategies.Sandbox;

namespace QuantDash.Core.Backtesting;

/// <summary>One run: bars in order, the strategy told of each, books kept. Single-threaded; nothing is allocated for a bar on which nothing happens.</summary>
internal sealed class BacktestRun
{
    private readonly StrategyDefinition _definition;
    private readonly ParameterValues _values;
    private readonly BacktestMarket _market;
    private readonly BacktestBars _bars;
    private readonly BacktestOptions _options;
    private readonly BacktestLedger _ledger;
    private readonly BacktestContext _context;
    private readonly BacktestInstrument _instrument;
    private readonly IStrategy _strategy;
    private readonly FillDesk _desk;
    private readonly OrderMatcher _matcher;
    private readonly LongerBars[] _longer;
    private readonly BarsAhead? _ahead;
    private readonly List<DailyResult> _days;
    private readonly double[]? _equity;
    private readonly EquityWatch _watch;
    private readonly FundingRate[] _funding;
    private readonly bool _fillsAtClose;
    private int _funded;
    private long _nextFunding;
    private int _marginCalls;
    private decimal _feesBefore;
    private bool _isRuined;
    private DateTimeOffset? _ruinedAt;

    public BacktestRun(StrategyDefinition definition, ParameterValues values, BacktestMarket market, BacktestBars bars, BacktestOptions options)
    {
        (_definition, _values, _market, _bars, _options) = (definition, values, market, bars, options);
        var contract = market.Contract with { PriceTick = bars.Columns.PriceTick };
        _ledger = new(contract, options.Cash);
        _context = new(contract, bars.Shape.Scale, _ledger, options.KeepsDetail);
        _instrument = _context.Instrument;
        _strategy = definition.Create(values);
        _desk = new(_context, _ledger, _strategy, contract, options, Math.Max(1, (long)decimal.Round(market.Contract.PriceTick / contract.PriceTick)));
        _matcher = new(_context, _ledger, _desk, options);
        _longer = [.. definition.Timeframes(values).Order().Select(timeframe => new LongerBars(bars, timeframe, contract.Product.Sessions.UtcOffset))];
        _ahead = _strategy is IBatchedStrategy batched && _longer.Length == 0 ? new(batched, _context, _ledger, bars.Rows) : null;
        _days = new(bars.Days.Length);
        // Every bar writes its own: clearing millions of them first would be for nothing.
        _equity = options.KeepsDetail ? GC.AllocateUninitializedArray<double>(bars.Count) : null;
        _fillsAtClose = options.Fill == FillTiming.SameClose;
        _watch = new((double)options.Cash);
        _funding = [.. market.Funding];
        _nextFunding = FundingAt(0);
    }

    public void Go(IProgress<double>? progress, CancellationToken stop)
    {
        try
        {
            var warmUp = Math.Max(0, _definition.WarmUpBars(_values));
            _context.IsWarmingUp = warmUp > 0;
            Begin();
            foreach (var day in _bars.Days)
            {
                stop.ThrowIfCancellationRequested();
                BeginDay(day);
                Walk(day, warmUp);
                EndDay(day);
                progress?.Report((double)(day.Last + 1) / _bars.Count);
            }
            _context.ClosedBecause = OrderReasons.RunOver;
            _strategy.OnStop(_context);
            _context.WriteDownTheRest();
        }
        catch (Exception error) when (!stop.IsCancellationRequested || error is not OperationCanceledException)
        {
            throw new StrategyFailedException(_definition.Name, _context.Now, error);
        }
        finally
        {
            (_strategy as IDisposable)?.Dispose();
        }
    }

    public BacktestResult Result() => new()
    {
        Definition = _definition,
        Values = _values,
        Market = _market,
        Bars = _bars,
        Options = _options,
        FinalEquity = _ledger.EquityAt(_instrument.LastTicks),
        Days = _days,
        Trades = (IReadOnlyList<BacktestTrade>?)_desk.Trades ?? [],
        RoundTrips = _ledger.Long.RoundTrips + _ledger.Short.RoundTrips,
        Orders = _context.Orders,
        Positions = (IReadOnlyList<PositionChange>?)_desk.Positions ?? [],
        Log = _context.LogLines,
        Equity = _equity ?? [],
        OpenLong = _instrument.Long,
        OpenShort = _instrument.Short,
        Costs = new(_ledger.Fees, _desk.SlippageCost, _ledger.Funding),
        Realised = _ledger.Realised,
        Turnover = _desk.Turnover,
        Fills = _desk.Fills,
        MaxDrawdown = _watch.DeepestRatio - 1,
        MaxDrawdownMoney = -_watch.Deepest,
        BarsInMarket = _watch.InMarket,
        MarginCalls = _marginCalls,
        RuinedAt = _ruinedAt,
    };

    private void Begin()
    {
        if (_bars.Count == 0) return;
        _context.At = _bars.Columns.Starts.Span[0];
        _context.TradingDay = _bars.Days[0].Day;
        SetTerms(_bars.Days[0].Day);
        _strategy.OnStart(_context);
        _desk.Tell();
    }

    private void BeginDay(in TradingDaySpan day)
    {
        _context.TradingDay = day.Day;
        SetTerms(day.Day);
        _instrument.BeginDay(day.Day, _bars.Columns.Starts.Span[day.First]);
        var ratio = _options.PriceLimits ? _ledger.Terms.PriceLimit : null;
        _context.Limits = ratio is { } limit && _instrument.LastTicks > 0 ? DailyLimits.Around(_instrument.LastTicks, limit.Value) : DailyLimits.None;
    }

    private void SetTerms(DateOnly day)
    {
        var terms = _market.TermsOn(day);
        if (ReferenceEquals(terms, _ledger.Terms)) return;
        _ledger.SetTerms(terms, _options.Fees ?? terms.Fees);
        _context.SetTerms(terms);
    }

    /// <summary>The hot loop: on a bar with nothing to fill, a few comparisons and the strategy.</summary>
    private void Walk(in TradingDaySpan day, int warmUp)
    {
        var (context, ledger, watch, equities) = (_context, _ledger, _watch, _equity);
        var rows = _bars.Rows.AsSpan(0, day.Last + 1);
        for (var i = day.First; i < rows.Length; i++)
        {
            ref readonly var bar = ref rows[i];
            context.BeginBar(i + 1, bar.End);
            if (bar.End > _nextFunding) Fund(bar.End);
            if (context.Working.Count > 0) _matcher.Match(bar, i);
            _instrument.LastTicks = bar.CloseTicks;
            var equity = ledger.EquityBase + (ledger.EquityPerTick * bar.CloseTicks);
            if (!ledger.IsFlat)
            {
                ledger.See(bar.LowTicks, bar.HighTicks);
                watch.InMarket++;
            }
            watch.See(equity);
            if (equities is not null) equities[i] = equity;
            if (equity <= 0 || _isRuined)
            {
                Ruin();
                continue;
            }
            if (i == warmUp) context.IsWarmingUp = false;
            Tell(bar, i, day.Last, warmUp);
        }
    }

    private void Tell(in StrategyBar bar, int index, int lastOfDay, int warmUp)
    {
        if (bar.End >= _context.NextTimer)
        {
            while (_context.TakeTimer() is { } timer) _strategy.OnTimer(_context, timer);
        }
        if (_ahead is null) _strategy.OnBar(_context, _instrument, bar);
        else _ahead.Tell(index, lastOfDay, warmUp, _nextFunding);
        if (_longer.Length > 0) TellLonger(index);
        if (_context.Untold.Count > 0) _desk.Tell();
        if (_fillsAtClose && _context.Working.Count > 0) FillAtClose(bar, index);
    }

    /// <summary>A longer bar that a gap ended is told with the first bar after it: what it decides is filled on the next, as everything else.</summary>
    private void TellLonger(int index)
    {
        foreach (var longer in _longer)
        {
            while (longer.Take(index) is { } complete) _strategy.OnBar(_context, _instrument, complete);
        }
    }

    private void FillAtClose(in StrategyBar bar, int index)
    {
        _matcher.FillAtClose(bar, index);
        var equity = _ledger.EquityBase + (_ledger.EquityPerTick * bar.CloseTicks);
        _watch.See(equity);
        if (_equity is not null) _equity[index] = equity;
    }

    /// <summary>Funding that fell due before a bar's end is counted on what was held before the bar, at the price before it.</summary>
    private void Fund(long end)
    {
        for (; end > _nextFunding; _nextFunding = FundingAt(++_funded))
            if (_instrument.LastTicks > 0) _ledger.Fund(_instrument.LastTicks, _funding[_funded].Rate);
    }

    private long FundingAt(int index) => index < _funding.Length ? _funding[index].At.ToUnixTimeMilliseconds() : long.MaxValue;

    /// <summary>Nothing is left: everything is closed at the next open, and the strategy hears no more. An order of it may have ended with a day on which nobody traded.</summary>
    private void Ruin()
    {
        if (!_isRuined)
        {
            (_isRuined, _ruinedAt) = (true, _context.Now);
            _context.ClosedBecause = OrderReasons.Ruined;
            _context.Liquidate();
        }
        if (!_ledger.IsFlat && _context.Working.Count == 0) _context.Liquidate();
    }

    private void EndDay(in TradingDaySpan day)
    {
        var (last, before) = (_instrument.LastTicks, _days.Count == 0 ? null : _days[^1]);
        if (_context.Working.Count > 0 && _market.Contract.Product.Class != AssetClass.Perpetual) EndDayOrders(day.Last);
        var equity = _ledger.EquityAt(last);
        if (!_ledger.IsFlat)
        {
            _ledger.Settle(last);
            if (equity < _ledger.MarginAt(last)) _marginCalls++;
        }
        _days.Add(new(day.Day, before?.EndEquity ?? _options.Cash, 0m, equity, _ledger.Fees - (before is null ? 0m : _feesBefore), Settled: true));
        _feesBefore = _ledger.Fees;
    }

    /// <summary>What could be filled on the day that is over ends with it; what was placed at its last close is for the next.</summary>
    private void EndDayOrders(int last)
    {
        foreach (var order in _context.Working)
            if (order.IsWorking && order.ActiveFrom <= last) _context.End(order, StrategyOrderState.Cancelled, OrderReasons.DayOver);
        _desk.Tell();
        _context.Working.RemoveAll(order => !order.IsWorking);
    }
}
