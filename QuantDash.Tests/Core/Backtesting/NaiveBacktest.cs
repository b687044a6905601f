using QuantDash.Core.Backtesting;
using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;
using Offset = QuantDash.Core.Orders.Offset;

namespace QuantDash.Tests.Core.Backtesting;

internal sealed record NaiveBar(DateTimeOffset Start, DateTimeOffset End, DateOnly Day, decimal Open, decimal High, decimal Low, decimal Close, decimal Volume);

/// <summary>What a script asks for after a bar. Prices are so many ticks from the close of that bar, or the one that is given.</summary>
/// <param name="Tag">Comes back with what becomes of the order.</param>
internal sealed record Wish(
    WishKind Kind, OrderSide Side = OrderSide.Buy, Offset Offset = Offset.Open, decimal Volume = 0, StrategyOrderType Type = StrategyOrderType.Market, int Ticks = 0, decimal? Price = null, object? Tag = null);

internal enum WishKind { Place, CancelAll, CancelStops, MoveTo }

internal sealed record NaiveFill(OrderSide Side, Offset Offset, decimal Price, decimal Volume, decimal Left, object? Tag);

/// <summary>The backtester once more, as simply as it can be written: prices are decimal, everything is a list that is scanned. Shares no code with the real one but the contracts' data.</summary>
internal sealed class NaiveBacktest(BacktestMarket market, BacktestOptions options, IReadOnlyList<NaiveBar> bars, int warmUp, Func<int, IEnumerable<Wish>> wishes)
{
    private readonly List<NaiveOrder> _orders = [];
    private readonly List<NaiveOrder> _ended = [];
    private int _number;
    private readonly List<NaiveLot> _lots = [];
    private ContractTerms _terms = null!;
    private DateOnly _day;
    private decimal? _upper, _lower, _capacity;
    private decimal _last;
    private decimal _openedTodayLong, _openedTodayShort, _chargedTodayLong, _chargedTodayShort;
    private bool _ruined;

    /// <summary>What a fill is answered with at once; its orders count from the next bar on.</summary>
    public Func<NaiveFill, IEnumerable<Wish>> WhenFilled { get; init; } = _ => [];

    /// <summary>What is done about an order with a tag that was refused, or that ended with its day.</summary>
    public Func<object, decimal, string, IEnumerable<Wish>> WhenEnded { get; init; } = (_, _, _) => [];

    /// <summary>The bar that is being walked over.</summary>
    public int Bar { get; private set; }
    public decimal Net => Held(Side.Long) - Held(Side.Short);
    public bool HoldsAny => _lots.Count > 0;
    public bool HasWorking => _orders.Exists(o => o.State == "Working");
    public decimal? StopPrice => _orders.Find(o => o.State == "Working" && o.Type == StrategyOrderType.Stop)?.Price;

    public decimal Cash { get; private set; } = options.Cash;
    public decimal Fees { get; private set; }
    public decimal Funding { get; private set; }
    public decimal Slippage { get; private set; }
    public int Fills { get; private set; }
    public List<decimal> Equity { get; } = [];
    public List<decimal> DayEquity { get; } = [];
    public List<(Side Side, decimal Entry, decimal Exit, decimal Volume)> Trades { get; } = [];
    public IEnumerable<string> OrderEnds => _ended.Concat(_orders).OrderBy(o => o.Number).Select(o => $"{o.Number} {o.Side} {o.Offset} {o.Type} {o.Volume - o.Left:0.###}/{o.Volume:0.###} {o.State}");

    private decimal Tick => market.Contract.PriceTick;
    private decimal Multiplier => market.Contract.Multiplier;

    public NaiveBacktest Run()
    {
        var funded = 0;
        for (var i = 0; i < bars.Count; i++)
        {
            var bar = bars[Bar = i];
            if (i == 0 || bar.Day != _day) BeginDay(bar.Day);
            for (; funded < market.Funding.Count && market.Funding[funded].At < bar.End; funded++) Fund(market.Funding[funded].Rate);
            _capacity = options.VolumeShare is { } share ? decimal.Floor(bar.Volume * share / market.Contract.VolumeStep) * market.Contract.VolumeStep : null;
            MatchAtOpen(bar, i);
            MatchAlongPath(bar, i);
            _last = bar.Close;
            var equity = EquityAt(bar.Close);
            if (equity <= 0 && !_ruined) (_ruined, _) = (true, Liquidate(i));
            if (!_ruined && i >= warmUp)
            {
                Do(wishes(i));
                TellEnds("Rejected");
                if (options.Fill == FillTiming.SameClose)
                    foreach (var order in _orders.Where(o => o.State == "Working" && o.Type == StrategyOrderType.Market && o.From == i + 1).ToList()) Fill(order, bar.Close, false, true);
            }
            else if (_ruined && _lots.Count > 0 && _orders.TrueForAll(o => o.State != "Working"))
            {
                Liquidate(i);
            }
            Equity.Add(EquityAt(bar.Close));
            _ended.AddRange(_orders.Where(o => o.State != "Working"));
            _orders.RemoveAll(o => o.State != "Working");
            if (i == bars.Count - 1 || bars[i + 1].Day != bar.Day) EndDay(i);
        }
        return this;
    }

    private void BeginDay(DateOnly day)
    {
        _day = day;
        _terms = market.TermsOn(day);
        (_upper, _lower) = (null, null);
        if (options.PriceLimits && _terms.PriceLimit is { } limit && _last > 0)
        {
            _upper = decimal.Floor(_last * (1 + limit.Value) / Tick) * Tick;
            _lower = decimal.Ceiling(_last * (1 - limit.Value) / Tick) * Tick;
        }
        (_openedTodayLong, _openedTodayShort, _chargedTodayLong, _chargedTodayShort) = (0, 0, 0, 0);
    }

    private void EndDay(int i)
    {
        if (market.Contract.Product.Class != AssetClass.Perpetual)
        {
            var over = _orders.Where(o => o.State == "Working" && o.From <= i).ToList();
            foreach (var order in over) order.State = "Cancelled";
            foreach (var order in over) TellEnd(order);
        }
        foreach (var lot in _lots) (lot.Basis, lot.IsToday) = (_last, false);
        DayEquity.Add(EquityAt(_last));
    }

    private void Fund(decimal rate)
    {
        if (_last == 0) return;
        var held = _lots.Sum(l => l.Side == Side.Long ? l.Volume : -l.Volume);
        var paid = decimal.Round(held * _last * Multiplier * rate, market.Contract.Product.Class == AssetClass.Perpetual ? 8 : 2, MidpointRounding.AwayFromZero);
        Funding += paid;
        Cash -= paid;
    }

    private decimal EquityAt(decimal price) => Cash + _lots.Sum(l => (l.Side == Side.Long ? price - l.Open : l.Open - price) * l.Volume * Multiplier);

    private decimal MarginAt(decimal price)
    {
        decimal Of(Side side, bool today) => _lots.Where(l => l.Side == side && l.IsToday == today).Sum(l =>
            (_terms.MarginPrice == MarginPrice.Latest ? price : l.IsToday ? l.Open : l.Basis) * l.Volume * Multiplier * (side == Side.Long ? _terms.LongMargin.Value : _terms.ShortMargin.Value));
        var (longToday, longOld, shortToday, shortOld) = (Of(Side.Long, true), Of(Side.Long, false), Of(Side.Short, true), Of(Side.Short, false));
        if (_terms.SingleSide == SingleSideMargin.RealTime) return Math.Max(longToday + longOld, shortToday + shortOld);
        if (_terms.SingleSide == SingleSideMargin.AtSettlement) return Math.Max(longOld, shortOld) + longToday + shortToday;
        return longToday + longOld + shortToday + shortOld;
    }

    private void Do(IEnumerable<Wish> many)
    {
        foreach (var wish in many.ToList()) Do(wish, Bar);
    }

    private void TellEnds(string state)
    {
        foreach (var order in _orders.Where(o => o.State == state && !o.Told).ToList()) TellEnd(order);
    }

    private void TellEnd(NaiveOrder order)
    {
        order.Told = true;
        if (order.Tag is not null) Do(WhenEnded(order.Tag, order.Price, order.State));
    }

    private void Do(Wish wish, int i)
    {
        if (wish.Kind == WishKind.Place) Place(wish.Side, wish.Offset, wish.Volume, wish.Type, wish.Type == StrategyOrderType.Market ? 0 : wish.Price ?? (_last + (wish.Ticks * Tick)), i, wish.Tag);
        else foreach (var order in _orders.Where(o => o.State == "Working" && (wish.Kind != WishKind.CancelStops || o.Type == StrategyOrderType.Stop))) order.State = "Cancelled";
        if (wish.Kind != WishKind.MoveTo) return;
        var (longs, shorts) = (Held(Side.Long), Held(Side.Short));
        var (wantLong, wantShort) = (Math.Max(wish.Volume, 0), Math.Max(-wish.Volume, 0));
        if (shorts > wantShort) Place(OrderSide.Buy, Offset.Close, shorts - wantShort, StrategyOrderType.Market, 0, i);
        if (longs > wantLong) Place(OrderSide.Sell, Offset.Close, longs - wantLong, StrategyOrderType.Market, 0, i);
        if (wantLong > longs) Place(OrderSide.Buy, Offset.Open, wantLong - longs, StrategyOrderType.Market, 0, i);
        if (wantShort > shorts) Place(OrderSide.Sell, Offset.Open, wantShort - shorts, StrategyOrderType.Market, 0, i);
    }

    private decimal Held(Side side) => _lots.Where(l => l.Side == side).Sum(l => l.Volume);

    private void Place(OrderSide side, Offset offset, decimal volume, StrategyOrderType type, decimal price, int i, object? tag = null)
    {
        var order = new NaiveOrder { Tag = tag, Number = ++_number, Side = side, Offset = offset, Volume = volume, Left = volume, Type = type, Price = price, From = i + 1 };
        _orders.Add(order);
        var largest = type == StrategyOrderType.Limit || _terms.LargestMarketOrder is null or 0 ? _terms.LargestLimitOrder : _terms.LargestMarketOrder;
        if (volume <= 0 || volume % market.Contract.VolumeStep != 0) order.State = "Rejected";
        else if (type != StrategyOrderType.Market && price <= 0) order.State = "Rejected";
        else if (type == StrategyOrderType.Limit && (price > _upper || price < _lower)) order.State = "Rejected";
        else if (volume > largest) order.State = "Rejected";
    }

    private bool Liquidate(int i)
    {
        foreach (var order in _orders.Where(o => o.State == "Working")) order.State = "Cancelled";
        foreach (var side in (Side[])[Side.Long, Side.Short])
            if (Held(side) > 0) _orders.Add(new() { Number = ++_number, Side = side == Side.Long ? OrderSide.Sell : OrderSide.Buy, Offset = Offset.Close, Volume = Held(side), Left = Held(side), Type = StrategyOrderType.Market, From = i + 1 });
        return true;
    }

    private void MatchAtOpen(NaiveBar bar, int i)
    {
        foreach (var order in _orders.Where(o => o.State == "Working" && o.From <= i).ToList())
        {
            var stopPassed = order.Type == StrategyOrderType.Stop && (order.Side == OrderSide.Buy ? bar.Open >= order.Price : bar.Open <= order.Price);
            if (order.Type == StrategyOrderType.Market || order.Triggered || stopPassed)
            {
                order.Triggered |= order.Type == StrategyOrderType.Stop;
                Fill(order, bar.Open, false, true);
            }
            else if (order.Type == StrategyOrderType.Limit && LimitReached(order, bar.Open))
            {
                Fill(order, bar.Open, order.Waited, false);
            }
            order.Waited = true;
        }
    }

    /// <summary>Tick by tick: every price the path passes is offered to every order, once a stretch.</summary>
    private void MatchAlongPath(NaiveBar bar, int i)
    {
        if (_capacity == 0 || _orders.TrueForAll(o => o.Type == StrategyOrderType.Market || IsOutOfReach(o, bar))) return;
        var net = Held(Side.Long) - Held(Side.Short);
        var highFirst = options.Path switch
        {
            BarPath.Pessimistic => net <= 0,
            BarPath.HighFirst => true,
            BarPath.LowFirst => false,
            _ => bar.High - bar.Open <= bar.Open - bar.Low,
        };
        decimal[] points = highFirst ? [bar.Open, bar.High, bar.Low, bar.Close] : [bar.Open, bar.Low, bar.High, bar.Close];
        for (var stretch = 0; stretch < 3; stretch++)
        {
            var (from, to) = (points[stretch], points[stretch + 1]);
            if (from == to) continue;
            var up = to > from;
            var offered = new HashSet<NaiveOrder>();
            for (var price = from; up ? price <= to : price >= to; price += up ? Tick : -Tick)
            {
                foreach (var order in _orders.Where(o => o.State == "Working" && o.From <= i && o.Type != StrategyOrderType.Market).ToList())
                {
                    if (order.State != "Working" || offered.Contains(order)) continue;
                    if (order.Type == StrategyOrderType.Stop)
                    {
                        if ((order.Side == OrderSide.Buy) != up || (up ? order.Price > price : order.Price < price)) continue;
                        offered.Add(order);
                        order.Triggered = true;
                        Fill(order, price, false, true);
                    }
                    else
                    {
                        // A limit order here is filled at its own price once the whole stretch goes beyond it.
                        if ((order.Side == OrderSide.Sell) != up || (up ? order.Price > price : order.Price < price) || !LimitReached(order, to)) continue;
                        offered.Add(order);
                        Fill(order, price, true, false);
                    }
                }
            }
        }
    }

    private static bool IsOutOfReach(NaiveOrder order, NaiveBar bar) =>
        (order.Type == StrategyOrderType.Limit) == (order.Side == OrderSide.Buy) ? order.Price < bar.Low : order.Price > bar.High;

    private bool LimitReached(NaiveOrder order, decimal price)
    {
        var atLeast = options.LimitFill == LimitFill.Touch ? 0 : Tick;
        return order.Side == OrderSide.Buy ? order.Price - price >= atLeast : price - order.Price >= atLeast;
    }

    private void Fill(NaiveOrder order, decimal raw, bool maker, bool slips)
    {
        if (order.Side == OrderSide.Buy ? raw >= _upper : raw <= _lower) return;
        var volume = Math.Min(order.Left, _capacity ?? order.Left);
        if (volume <= 0) return;
        var leg = (order.Offset == Offset.Open) == (order.Side == OrderSide.Buy) ? Side.Long : Side.Short;
        var by = slips ? ((SlippageModel.Ticks)options.Slippage).Count * Tick : 0;
        var price = order.Side == OrderSide.Buy ? raw + by : raw - by;
        if (slips && order.Side == OrderSide.Buy && price > _upper) price = _upper.Value;
        if (slips && order.Side == OrderSide.Sell && price < _lower) price = _lower.Value;
        if (slips && order.Side == OrderSide.Sell && price < Tick) price = Tick;
        if (order.Offset == Offset.Open)
        {
            if (!market.Contract.Product.HoldsBothSides && _lots.Exists(l => l.Side != leg))
            {
                order.State = "Rejected";
                TellEnd(order);
                return;
            }
            var fee = Fee(FeesNow.Open, price, volume, maker);
            var rate = leg == Side.Long ? _terms.LongMargin.Value : _terms.ShortMargin.Value;
            if ((price * volume * Multiplier * rate) + Rounded(fee) > EquityAt(raw) - MarginAt(raw))
            {
                order.State = "Rejected";
                TellEnd(order);
                return;
            }
            _lots.Add(new() { Side = leg, Open = price, Basis = price, Volume = volume, IsToday = true });
            if (leg == Side.Long) _openedTodayLong += volume;
            else _openedTodayShort += volume;
            Pay(Rounded(fee));
        }
        else
        {
            bool? age = !_terms.DistinguishesToday ? null : order.Offset == Offset.CloseToday ? true : order.Offset == Offset.CloseYesterday ? false : null;
            var held = _lots.Where(l => l.Side == leg && (age is null || l.IsToday == age)).Sum(l => l.Volume);
            if (held == 0)
            {
                order.State = "Cancelled";
                return;
            }
            volume = Math.Min(volume, held);
            if (_terms.DistinguishesToday)
            {
                var old = age == true ? 0 : Math.Min(volume, _lots.Where(l => l.Side == leg && !l.IsToday).Sum(l => l.Volume));
                if (old > 0) Close(leg, old, price, false, maker);
                if (volume > old) Close(leg, volume - old, price, true, maker);
            }
            else
            {
                Close(leg, volume, price, null, maker);
            }
            if (volume == held && order.Left > volume) order.State = "Cancelled";
        }
        Fills++;
        Slippage += Math.Abs(price - raw) * volume * Multiplier;
        order.Left -= volume;
        if (_capacity is not null) _capacity -= volume;
        if (order.Left == 0) order.State = "Filled";
        Do(WhenFilled(new(order.Side, order.Offset, price, volume, order.Left, order.Tag)));
        TellEnds("Rejected");
    }

    private void Close(Side leg, decimal volume, decimal price, bool? age, bool maker)
    {
        var opened = leg == Side.Long ? _openedTodayLong : _openedTodayShort;
        var charged = leg == Side.Long ? _chargedTodayLong : _chargedTodayShort;
        var asToday = age == true ? volume : age == false ? 0 : Math.Min(volume, opened - charged);
        if (leg == Side.Long) _chargedTodayLong += asToday;
        else _chargedTodayShort += asToday;
        var left = volume;
        foreach (var lot in _lots.Where(l => l.Side == leg && (age is null || l.IsToday == age)).ToList())
        {
            var take = Math.Min(left, lot.Volume);
            if (take == 0) continue;
            Cash += (leg == Side.Long ? price - lot.Open : lot.Open - price) * take * Multiplier;
            Trades.Add((leg, lot.Open, price, take));
            lot.Volume -= take;
            left -= take;
        }
        _lots.RemoveAll(l => l.Volume == 0);
        Pay(Rounded(Fee(FeesNow.CloseToday, price, asToday, maker) + Fee(FeesNow.Close, price, volume - asToday, maker)));
    }

    private FeeSchedule FeesNow => options.Fees ?? _terms.Fees;

    private decimal Fee(FeeRate rate, decimal price, decimal volume, bool maker)
    {
        if (maker && FeesNow.Maker is { } cheaper) rate = cheaper;
        return rate.Basis == FeeBasis.ByVolume ? rate.Value * volume : rate.Value * price * volume * Multiplier;
    }

    private decimal Rounded(decimal fee) => decimal.Round(fee, market.Contract.Product.Class == AssetClass.Perpetual ? 8 : 2, MidpointRounding.AwayFromZero);

    private void Pay(decimal fee)
    {
        Fees += fee;
        Cash -= fee;
    }

    private sealed class NaiveOrder
    {
        public required int Number { get; init; }
        public required OrderSide Side { get; init; }
        public required Offset Offset { get; init; }
        public required StrategyOrderType Type { get; init; }
        public decimal Price { get; init; }
        public required decimal Volume { get; init; }
        public decimal Left { get; set; }
        public required int From { get; init; }
        public object? Tag { get; init; }
        public bool Told { get; set; }
        public bool Waited { get; set; }
        public bool Triggered { get; set; }
        public string State { get; set; } = "Working";
    }

    private sealed class NaiveLot
    {
        public required Side Side { get; init; }
        public required decimal Open { get; init; }
        public decimal Basis { get; set; }
        public decimal Volume { get; set; }
        public bool IsToday { get; set; }
    }
}
