using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Positions;

/// <summary>The books of one account: lots, cash, marks, margin. Single-threaded.</summary>
/// <remarks>Formulas: DOMAIN.md 2.1 to 2.4. Equity is counted 逐笔 (deposits + realised + floating − fees); the 逐日 sums are kept beside it and give the same
/// equity (see <see cref="Positions.Funds"/>). A part of a lot whose open price is unknown adds to no sum.</remarks>
public sealed class AccountLedger
{
    private readonly Dictionary<Symbol, ContractBook> _books = [];
    private readonly Func<Symbol, Contract> _contractOf;
    private readonly Func<Contract, DateOnly, ContractTerms> _termsOn;
    private readonly FrozenFunds _frozen;

    public AccountLedger(
        Account account, LedgerBalances balances, IEnumerable<Lot> lots, Func<Symbol, Contract> contractOf, Func<Contract, DateOnly, ContractTerms> termsOn)
        : this(account, balances, contractOf, termsOn, new())
    {
        foreach (var leg in lots.GroupBy(lot => (lot.Symbol, lot.Side))) BookOf(leg.Key.Symbol).Put(leg.Key.Side, leg);
    }

    private AccountLedger(
        Account account, LedgerBalances balances, Func<Symbol, Contract> contractOf, Func<Contract, DateOnly, ContractTerms> termsOn, FrozenFunds frozen)
    {
        Account = account;
        Balances = balances;
        _contractOf = contractOf;
        _termsOn = termsOn;
        _frozen = frozen;
    }

    public Account Account { get; }
    public LedgerBalances Balances { get; private set; }

    /// <summary>The day "today" means; null before the first booking.</summary>
    public DateOnly? TradingDay => Balances.TradingDay;

    /// <summary>Contracts with at least one lot, in order.</summary>
    public IReadOnlyList<Symbol> Symbols => [.. Held.Select(book => book.Contract.Symbol).Order()];

    public Contract ContractOf(Symbol symbol) => BookOf(symbol).Contract;

    /// <summary>Terms of a contract on the account's trading day.</summary>
    public ContractTerms TermsOf(Contract contract) => _termsOn(contract, TradingDay ?? DateOnly.MaxValue);

    /// <summary>Latest price of a contract; null when none came yet.</summary>
    public Price? MarkOf(Symbol symbol) => _books.GetValueOrDefault(symbol)?.Mark;

    /// <summary>One leg as it stands; empty when nothing is held.</summary>
    public LegBook Leg(Symbol symbol, Side side) => BookOf(symbol).Leg(side, TradingDay);

    /// <summary>Notes the latest price, in ticks of the contract. Called on every tick.</summary>
    public void Mark(Symbol symbol, long ticks) => BookOf(symbol).MarkTicks = ticks;

    /// <summary>How far a leg has been in its favour and against it since it was opened; null when it is flat.</summary>
    public LegExcursion? ExcursionOf(Symbol symbol, Side side) => BookOf(symbol).Excursion(side);

    /// <summary>What was known of a leg before a restart; nothing for one that is not held.</summary>
    public void Restore(StoredExcursion stored) => BookOf(stored.Symbol).Restore(stored.Side, stored.Seen);

    /// <summary>入金 or 出金. Throws when the currency is not the account's.</summary>
    public void Deposit(CashFlow flow)
    {
        RequireCurrency(flow.Amount.Currency);
        Balances = Balances with
        {
            TradingDay = TradingDay ?? flow.TradingDay,
            Deposits = Balances.Deposits + flow.Amount.Amount,
            CashFlowToday = Balances.CashFlowToday + flow.Amount.Amount,
        };
    }

    /// <summary>Books one trade. Throws <see cref="LegOverfillException"/>, with nothing changed, when a close takes more than there is: more than the free
    /// lots of that age, or with <paramref name="includeLocked"/> more than all of them (free ones go first, then the oldest that belong to locks).
    /// An unlock takes the lots it says in <paramref name="first"/> before any other.</summary>
    public FillBooked Book(LegTrade trade, Contract contract, ContractTerms terms, bool includeLocked = false, IReadOnlyList<LotBinding>? first = null)
    {
        RequireCurrency(contract.Currency);
        var book = BookOf(contract.Symbol);
        var booked = trade.Opens ? Open(book, trade, terms) : Close(book, trade, terms, includeLocked, first);
        if (trade.OrderId is { } order) _frozen.Fill(order, trade.Volume);
        return booked;
    }

    /// <summary>Brings one leg in step with what a venue says it holds, without touching cash. Null <paramref name="today"/> or
    /// <paramref name="averageOpenPrice"/>: not told. <paramref name="previousSettlement"/>: basis of older lots that are new to us, where known.</summary>
    public LotChanges AdoptLeg(
        Contract contract, Side side, Volume volume, Volume? today, Price? averageOpenPrice, DateOnly tradingDay, DateTimeOffset now, Price? previousSettlement = null)
    {
        RequireCurrency(contract.Currency);
        var book = BookOf(contract.Symbol);
        var lots = LegAdoption.Apply(book.Lots(side), new()
        {
            AccountId = Account.Id,
            Symbol = contract.Symbol,
            Side = side,
            Volume = volume,
            Today = today,
            AverageOpenPrice = averageOpenPrice,
            TradingDay = tradingDay,
            Now = now,
            PreviousSettlement = previousSettlement ?? book.PreviousSettlement,
            Tolerance = contract.PriceTick / 10m,
        });
        return Replace(contract, side, lots, tradingDay);
    }

    /// <summary>Replaces a leg's lots, without touching cash: what was taken over from a snapshot is taken back.</summary>
    internal LotChanges Replace(Contract contract, Side side, IReadOnlyList<Lot> lots, DateOnly tradingDay)
    {
        var book = BookOf(contract.Symbol);
        // What older lots earned before their basis belongs to the equity of yesterday.
        var earlier = LotPnl.BeforeBasis(lots, contract.Multiplier) - LotPnl.BeforeBasis(book.Lots(side), contract.Multiplier);
        Balances = Balances with { TradingDay = TradingDay ?? tradingDay, StaticEquity = Balances.StaticEquity + earlier };
        return book.Put(side, lots);
    }

    /// <summary>The result of a close is known better than when it was booked.</summary>
    internal void CorrectResult(decimal by) => Balances = Balances with { RealisedPnl = Balances.RealisedPnl + by, ClosePnlToday = Balances.ClosePnlToday + by };

    /// <summary>Says which day "today" is without settling the one before: a feed that is the clock begins where it begins.</summary>
    public void BeginOn(DateOnly day) => Balances = Balances with { TradingDay = day };

    /// <summary>Binds up to <paramref name="volume"/> of free lots to a lock, oldest first, or only from <paramref name="lotId"/>.</summary>
    public LotsBound BindLots(Symbol symbol, Side side, Volume volume, Guid? lotId = null)
    {
        var book = BookOf(symbol);
        var (lots, bindings) = LotLocking.Bind(book.Lots(side), volume, lotId);
        return new(book.Put(side, lots).ChangedLots, bindings);
    }

    /// <summary>Lets bound lots go; those that are gone already are passed over. Returns the lots that changed.</summary>
    public IReadOnlyList<Lot> ReleaseLots(IReadOnlyList<LotBinding> bindings)
    {
        var changed = new List<Lot>();
        foreach (var book in Held)
        {
            changed.AddRange(book.Put(Side.Long, LotLocking.Release(book.Lots(Side.Long), bindings)).ChangedLots);
            changed.AddRange(book.Put(Side.Short, LotLocking.Release(book.Lots(Side.Short), bindings)).ChangedLots);
        }
        return changed;
    }

    /// <summary>Σ open price × volume of bound lots; null when one is unknown or gone.</summary>
    public decimal? CostOf(IEnumerable<LotBinding> bindings)
    {
        decimal? cost = 0m;
        foreach (var binding in bindings) cost += LotOf(binding)?.OpenPrice?.Value * binding.Volume.Value;
        return cost;
    }

    private Lot? LotOf(LotBinding binding)
    {
        foreach (var book in Held)
        {
            var leg = book.Leg(binding.Side, TradingDay);
            if (leg.PlaceOf(binding.LotId) is { } place) return leg.Lots[place];
        }
        return null;
    }

    /// <summary>Holds back margin and fee for a working order until it is filled or released.</summary>
    public void Freeze(string orderId, Volume volume, decimal marginPerUnit, decimal feePerUnit) => _frozen.Freeze(orderId, volume, marginPerUnit, feePerUnit);

    public void Release(string orderId) => _frozen.Release(orderId);

    /// <summary>Margin and fee held back for one order.</summary>
    public decimal FrozenBy(string orderId) => _frozen.Of(orderId);

    /// <summary>Funds at the latest prices.</summary>
    public Funds Funds()
    {
        decimal? floating = 0m, holding = 0m;
        foreach (var book in Held)
        {
            floating += LotPnl.Floating(book, book.Mark, TradingDay);
            holding += LotPnl.Holding(book, book.Mark, TradingDay);
        }
        return FundsOf(TradingDay, floating, holding, MarginCalculator.Charged(Margins()));
    }

    /// <summary>Margin of one contract by itself, before relief across contracts.</summary>
    public ContractMargin MarginOf(Symbol symbol) => Margin(BookOf(symbol));

    /// <summary>Margin of every contract held, before relief.</summary>
    public IEnumerable<ContractMargin> Margins() => Held.Select(Margin);

    /// <summary>Ends a trading day (逐日): every lot opened before <paramref name="next"/> becomes an older one on the basis of its settlement price, the day's
    /// sums go into static equity and start again. A contract without a price is settled at its latest one, and keeps its basis when there is none either.</summary>
    public DaySettled Settle(DateOnly day, DateOnly next, IReadOnlyDictionary<Symbol, Price> prices)
    {
        decimal? floating = 0m, holding = 0m;
        var known = 0m;
        var changes = LotChanges.None;
        var margins = new List<ContractMargin>();
        var positions = new List<SettledPosition>();
        foreach (var book in Held)
        {
            var price = prices.TryGetValue(book.Contract.Symbol, out var told) ? told : book.Mark;
            floating += LotPnl.Floating(book, price, TradingDay);
            holding += LotPnl.Holding(book, price, TradingDay);
            known += LotPnl.KnownFloating(book, price);
            LegBook[] legs = [book.Leg(Side.Long, TradingDay), book.Leg(Side.Short, TradingDay)];
            changes = changes.And(SettleBook(book, next, price));
            var margin = book.Margin(_termsOn(book.Contract, day), next);
            margins.Add(margin);
            positions.AddRange(legs.Where(leg => !leg.Volume.IsZero).Select(leg => SettledPosition.Of(leg, price, (leg.Side == Side.Long ? margin.Long : margin.Short).Total)));
        }
        var funds = FundsOf(day, floating, holding, MarginCalculator.Charged(margins));
        Balances = Balances with
        {
            TradingDay = next,
            StaticEquity = Balances.Deposits + Balances.RealisedPnl + known - Balances.Fees,
            CashFlowToday = 0m,
            ClosePnlToday = 0m,
            FeesToday = 0m,
        };
        return new(funds, changes.ChangedLots, positions);
    }

    /// <summary>The same books again, to try something on.</summary>
    public AccountLedger Copy()
    {
        var copy = new AccountLedger(Account, Balances, _contractOf, _termsOn, _frozen.Copy());
        foreach (var (symbol, book) in _books) copy._books.Add(symbol, book.Copy());
        return copy;
    }

    private IEnumerable<ContractBook> Held => _books.Values.Where(book => !book.IsFlat);

    private FillBooked Open(ContractBook book, LegTrade trade, ContractTerms terms)
    {
        var fee = TradeFees.Open(terms.Fees, book.Contract, trade.Price, trade.Volume, trade.AsMaker);
        var lot = new Lot
        {
            Id = trade.LotId,
            AccountId = Account.Id,
            Symbol = book.Contract.Symbol,
            Side = trade.Side,
            OpenedOn = trade.TradingDay,
            OpenedAt = trade.OccurredAt,
            OpenPrice = trade.Price,
            MarkBasis = trade.Price,
            Volume = trade.Volume,
        };
        var changes = book.Put(trade.Side, [.. book.Lots(trade.Side), lot]);
        AddToBalances(trade.TradingDay, fee, 0m, 0m);
        return new() { Accounting = new() { Fee = fee }, Lots = changes, OpenedLotId = lot.Id };
    }

    private FillBooked Close(ContractBook book, LegTrade trade, ContractTerms terms, bool includeLocked, IReadOnlyList<LotBinding>? first)
    {
        var lots = book.Lots(trade.Side);
        var shares = LotClosing.Pick(lots, trade.Volume, trade.Takes, TradingDay, includeLocked, first);
        var taken = new Volume(shares.Sum(share => share.Volume.Value));
        if (taken < trade.Volume) throw new LegOverfillException(book.Contract.Symbol, trade, taken);

        var asToday = AsToday(book.Leg(trade.Side, TradingDay), trade);
        var feeTodayLeft = book.Leg(trade.Side, TradingDay).FeeTodayVolume - asToday;
        var result = LotPnl.OfClose(shares, trade.Price, book.Contract.Multiplier);
        var fee = TradeFees.Close(terms.Fees, book.Contract, trade.Price, asToday, trade.Volume - asToday, trade.AsMaker);
        var left = LotClosing.Without(lots, shares);
        var todayLeft = new Volume(left.Where(lot => lot.AgeOn(TradingDay) == LotAge.Today).Sum(lot => lot.Volume.Value));
        var changes = book.Put(trade.Side, LotClosing.WithFeeTodayUsed(left, todayLeft.Minus(feeTodayLeft), TradingDay));
        AddToBalances(trade.TradingDay, fee, result.RealisedSum, result.CloseSum);
        return new() { Accounting = new() { Fee = fee, RealisedPnl = result.Realised, ClosePnl = result.Close }, Lots = changes };
    }

    /// <summary>Fees count today's volume first, whichever lots the close takes; where orders say the age of what they close, that decides (DOMAIN.md 2.1).</summary>
    private static Volume AsToday(LegBook leg, LegTrade trade) => trade.Takes switch
    {
        LotAge.Today => trade.Volume,
        LotAge.Yesterday => Volume.Zero,
        null => Volume.Min(leg.FeeTodayVolume, trade.Volume),
    };

    private LotChanges SettleBook(ContractBook book, DateOnly next, Price? price)
    {
        book.PreviousSettlement = price ?? book.PreviousSettlement;
        return book.Put(Side.Long, book.Lots(Side.Long).Select(Settled)).And(book.Put(Side.Short, book.Lots(Side.Short).Select(Settled)));

        Lot Settled(Lot lot) => lot.AgeOn(next) == LotAge.Today ? lot : lot with { MarkBasis = price ?? lot.MarkBasis, FeeTodayUsed = Volume.Zero };
    }

    private void AddToBalances(DateOnly tradingDay, decimal fee, decimal realised, decimal close)
    {
        Balances = Balances with
        {
            TradingDay = TradingDay ?? tradingDay,
            RealisedPnl = Balances.RealisedPnl + realised,
            ClosePnlToday = Balances.ClosePnlToday + close,
            Fees = Balances.Fees + fee,
            FeesToday = Balances.FeesToday + fee,
        };
    }

    private Funds FundsOf(DateOnly? tradingDay, decimal? floating, decimal? holding, decimal margin)
    {
        var equity = Balances.Deposits + Balances.RealisedPnl + floating - Balances.Fees;
        return new()
        {
            AccountId = Account.Id,
            Currency = Account.Currency,
            TradingDay = tradingDay,
            Deposits = Balances.Deposits,
            RealisedPnl = Balances.RealisedPnl,
            Fees = Balances.Fees,
            FloatingPnl = floating,
            StaticEquity = Balances.StaticEquity,
            ClosePnlToday = Balances.ClosePnlToday,
            HoldingPnl = holding,
            FeesToday = Balances.FeesToday,
            CashFlowToday = Balances.CashFlowToday,
            Equity = equity,
            Margin = margin,
            FrozenMargin = _frozen.Margin,
            FrozenFees = _frozen.Fees,
            Available = equity - margin - _frozen.Margin - _frozen.Fees,
            RiskRatio = equity > 0m ? margin / equity : null,
        };
    }

    private ContractMargin Margin(ContractBook book) => book.Margin(TermsOf(book.Contract), TradingDay);

    private ContractBook BookOf(Symbol symbol)
    {
        if (_books.TryGetValue(symbol, out var book)) return book;
        book = new ContractBook(_contractOf(symbol));
        _books.Add(symbol, book);
        return book;
    }

    private void RequireCurrency(Currency currency)
    {
        if (currency != Account.Currency) throw new InvalidOperationException($"The account is in {Account.Currency}; amounts in {currency} need an exchange rate.");
    }
}
