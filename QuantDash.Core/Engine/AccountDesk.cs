using QuantDash.Core.Instruments;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Core.Simulation;

namespace QuantDash.Core.Engine;

/// <summary>Accounts: made, marked on ticks, settled when a trading day ends, and kept up to date in the database.</summary>
internal sealed class AccountDesk(
    ChangeLog changes, MarketBook market, OrderDesk orders, BookKeeper keeper, RuleBook rules, TriggerBook triggers, ContractCatalog catalog, TradingCalendar calendar, IIdentitySource ids, IBridgeLinkFactory? bridges, Simulation.OrderLatency? latency = null)
{
    private static readonly TimeSpan EquityPace = TimeSpan.FromMinutes(1);

    // The day that ended and the one before it, where a market never closes.
    private static readonly TimeSpan ToldAgain = TimeSpan.FromDays(2);
    private readonly Dictionary<AccountId, AccountBook> _accounts = [];

    public IReadOnlyCollection<AccountBook> All => _accounts.Values;

    public AccountBook? Find(AccountId id) => _accounts.GetValueOrDefault(id);

    public Outcome<Account> Create(Account account, Money initialBalance, DateTimeOffset now)
    {
        if (market.Find(account.Source) is not { } source) return Outcome<Account>.Failure("source", "unknown_source", account.Source);
        if (account.ExternalId is { } external && _accounts.Values.Any(other => other.Account.ExternalId == external))
            return Outcome<Account>.Failure("external_id", "already_exists", external);
        if (account.Venue == VenueKind.Bridge && bridges is null) return Outcome<Account>.Failure("venue", "not_available", "bridge");
        var clock = source.Now(now);
        var book = Open(account, source, new() { AccountId = account.Id, Currency = account.Currency }, [], now);
        changes.Add(new JournalChange.AccountSaved(account));
        if (initialBalance.Amount != 0) Deposit(book, initialBalance, clock);
        changes.Add(new JournalChange.LedgerSaved(book.Ledger.Balances));
        // A feed that is the clock and has not begun has no time yet; today's would lie in its future.
        if (!source.IsReplay || source.FeedTime is not null) changes.Add(new JournalChange.EquityPointAdded(account.Id, clock, book.Ledger.Funds()));
        changes.Tell(clock, TapeSeverity.Info, "account.created", new(account.Id), account.Name);
        return Outcome<Account>.Success(account);
    }

    /// <summary>Another name, or another id at the venue. Venue, currency and source stay: books, rules and trades belong to them.</summary>
    public Outcome<Account> Rename(AccountId id, string name, string? externalId)
    {
        if (Find(id) is not { } account) return Outcome<Account>.Failure("account_id", "unknown_account", id.Value);
        if (externalId is { } external && _accounts.Values.Any(other => other.Id != id && other.Account.ExternalId == external))
            return Outcome<Account>.Failure("external_id", "already_exists", external);
        var before = account.Account;
        if ((before.Name, before.ExternalId) == (name, externalId)) return Outcome<Account>.Success(before);
        account.Rename(name, externalId);
        changes.Add(new JournalChange.AccountSaved(account.Account, before));
        return Outcome<Account>.Success(account.Account);
    }

    public AccountBook Open(Account account, SourceBook source, LedgerBalances balances, IEnumerable<Lot> lots, DateTimeOffset now)
    {
        var ledger = new AccountLedger(account, balances, lots, symbol => ContractOf(source, symbol), catalog.TermsOn);
        var book = new AccountBook(account, ledger, source);
        book.Connect(VenueOf(account, ledger, source, now));
        _accounts.Add(account.Id, book);
        return book;
    }

    /// <summary>入金 (positive) or 出金 by hand. What is taken out must be available.</summary>
    public Outcome<CashFlow> BookCash(AccountId id, decimal amount, string? note, DateTimeOffset now)
    {
        if (Find(id) is not { } account) return Outcome<CashFlow>.Failure("account_id", "unknown_account", id.Value);
        if (account.WhyClosed is { } closed) return Outcome<CashFlow>.Failure([closed]);
        var funds = account.Ledger.Funds();
        if (amount < 0 && funds.Available is null) return Outcome<CashFlow>.Failure("amount", "available_unknown");
        if (amount < 0 && funds.Available < -amount) return Outcome<CashFlow>.Failure("amount", "more_than_available", -amount, funds.Available);
        var clock = account.Source.Now(now);
        var flow = Deposit(account, new(amount, account.Account.Currency), clock, note);
        changes.Add(new JournalChange.LedgerSaved(account.Ledger.Balances));
        changes.Add(new JournalChange.FundsSaved(account.Ledger.Funds(), clock));
        account.EquitySavedAt = clock;
        changes.Add(new JournalChange.EquityPointAdded(id, clock, account.Ledger.Funds()));
        changes.Tell(clock, TapeSeverity.Info, amount > 0 ? "cash.deposited" : "cash.withdrawn", new(id, Id: flow.Id), decimal.Abs(amount).ToString(System.Globalization.CultureInfo.InvariantCulture), account.Account.Currency.Code);
        return Outcome<CashFlow>.Success(flow);
    }

    /// <summary>Takes no new exposure from now on; null: does again.</summary>
    public void Halt(AccountBook account, TradingHalt? halt, DateTimeOffset now)
    {
        var before = account.Account;
        account.Put(halt);
        changes.Add(new JournalChange.AccountSaved(account.Account, before));
        changes.Add(new JournalChange.FundsSaved(account.Ledger.Funds(), now));
    }

    /// <summary>Hears nothing from now on, or again where <paramref name="at"/> is null. Its rows and its curve end with what it is worth now.</summary>
    public void Close(AccountBook account, DateTimeOffset? at, DateTimeOffset now)
    {
        var before = account.Account;
        account.Close(at);
        foreach (var lane in account.Source.Lanes) lane.Holders.Remove(account);
        changes.Add(new JournalChange.AccountSaved(account.Account, before));
        changes.Add(new JournalChange.FundsSaved(account.Ledger.Funds(), now));
        account.EquitySavedAt = now;
        changes.Add(new JournalChange.EquityPointAdded(account.Id, now, account.Ledger.Funds()));
    }

    /// <summary>Every account that heard it is closed: nobody waits for its ticks.</summary>
    public bool IsDeserted(SourceBook source)
    {
        var heard = _accounts.Values.Where(account => account.Source == source).ToList();
        return heard.Count > 0 && heard.TrueForAll(account => account.Account.IsClosed);
    }

    /// <summary>The lane of a contract that the account holds, orders or watches; while it is open, it stays subscribed to it.</summary>
    public SymbolLane? Hold(AccountBook account, Symbol symbol, DateTimeOffset now)
    {
        if (market.Lane(account.Source, symbol, now) is not { } lane) return null;
        if (!account.Account.IsClosed && !lane.Holders.Contains(account)) lane.Holders.Add(account);
        return lane;
    }

    /// <summary>The same, without holding it.</summary>
    public SymbolLane? Look(AccountBook account, Symbol symbol, DateTimeOffset now) => market.Lane(account.Source, symbol, now);

    /// <summary>Lets a venue that matches against our quotes see the latest one of a contract the account has only begun to hold; one of another session or day is none.</summary>
    public static void ShowQuote(AccountBook account, SymbolLane lane)
    {
        if (account.Venue is not ITickMatcher matcher || lane is not { HasTick: true, Stale: false, Window: { } window } || !window.Covers(lane.Last.OccurredAt)) return;
        if (account.Ledger.TradingDay is not { } day || day == window.TradingDay) matcher.Begin(lane.Contract, lane.Last, window);
    }

    /// <summary>When the account can next trade a contract on another day than its own; null when not known.</summary>
    public DateTimeOffset? TradesAgain(AccountBook account, SymbolLane lane) => account.Ledger.TradingDay is { } day ? market.TradesAgainAfter(lane, day) : null;

    /// <summary>A tick of a contract the account holds: a new trading day settles the old one, resting orders may fill, marks move.</summary>
    public void OnTick(AccountBook account, SymbolLane lane, DateTimeOffset now)
    {
        if (account.Ledger.TradingDay is { } day && lane.Window!.TradingDay != day) Roll(account, lane, day, now);
        account.Ledger.Mark(lane.Symbol, lane.Last.LastTicks);
        if (account.Venue is ITickMatcher matcher) matcher.OnTick(lane.Contract, lane.Last, lane.Window!, now);
        account.Unsaved.Add(lane.Symbol);
    }

    /// <summary>Rows that follow the engine within a second: positions and funds of what changed.</summary>
    public void SavePositions(DateTimeOffset now)
    {
        foreach (var account in _accounts.Values)
        {
            if (account.Unsaved.Count == 0 || now - account.SavedAt < TimeSpan.FromMilliseconds(500)) continue;
            account.SavedAt = now;
            var clock = account.Source.Now(now);
            foreach (var symbol in account.Unsaved)
                if (account.Source.Find(symbol) is { } lane) changes.Add(new JournalChange.PositionSaved(PositionViews.Of(account, lane, triggers), clock));
            account.Unsaved.Clear();
            changes.Add(new JournalChange.FundsSaved(account.Ledger.Funds(), clock));
            if (clock - account.EquitySavedAt < EquityPace) continue;
            account.EquitySavedAt = clock;
            changes.Add(new JournalChange.EquityPointAdded(account.Id, clock, account.Ledger.Funds()));
        }
    }

    /// <summary>Writes a point of the funds curve for every account that has had none for a while: one without positions, or in a quiet market. Returns how many.</summary>
    public int SaveEquity(TimeSpan quiet, DateTimeOffset now)
    {
        var saved = 0;
        foreach (var account in _accounts.Values)
        {
            var clock = account.Source.Now(now);
            if (account.Source.IsReplay || account.Account.IsClosed || clock - account.EquitySavedAt < quiet) continue;
            account.EquitySavedAt = clock;
            changes.Add(new JournalChange.EquityPointAdded(account.Id, clock, account.Ledger.Funds()));
            saved++;
        }
        return saved;
    }

    /// <summary>An account without a deposit gets the one that makes it worth what the counter says; afterwards the two are compared and nothing is booked.</summary>
    public FundsTold TakeBalance(AccountBook account, decimal balance, DateTimeOffset takenAt, DateTimeOffset now)
    {
        var equity = account.Ledger.Funds().Equity;
        if (account.Ledger.Balances.Deposits != 0 || balance == 0 || equity is not { } worth) return new(balance, equity, takenAt, account.Ledger.Balances.Deposits);
        Deposit(account, new(balance - worth, account.Account.Currency), now);
        changes.Add(new JournalChange.LedgerSaved(account.Ledger.Balances));
        changes.Add(new JournalChange.FundsSaved(account.Ledger.Funds(), now));
        return new(balance, account.Ledger.Funds().Equity, takenAt, account.Ledger.Balances.Deposits);
    }

    /// <summary>Books what the counter has more, or less, than we do, as a cash flow with a note.</summary>
    public void AdoptDifference(AccountBook account, decimal difference, DateTimeOffset now)
    {
        Deposit(account, new(difference, account.Account.Currency), now, "reconciliation");
        changes.Add(new JournalChange.LedgerSaved(account.Ledger.Balances));
        changes.Add(new JournalChange.FundsSaved(account.Ledger.Funds(), now));
    }

    private CashFlow Deposit(AccountBook account, Money amount, DateTimeOffset now, string? note = null)
    {
        var flow = new CashFlow
        {
            Id = ids.Next(),
            AccountId = account.Id,
            Amount = amount,
            TradingDay = account.Ledger.TradingDay ?? calendar.OnOrAfter(DateOnly.FromDateTime(now.UtcDateTime)),
            OccurredAt = now,
            Note = note,
        };
        account.Ledger.Deposit(flow);
        changes.Add(new JournalChange.CashFlowAdded(flow));
        return flow;
    }

    /// <summary>A feed that is the clock may begin in the past of the day the account was made on, and what is always open on a day that is none.</summary>
    private void Roll(AccountBook account, SymbolLane lane, DateOnly day, DateTimeOffset now)
    {
        var next = lane.Window!.TradingDay;
        if (next > day) Settle(account, day, next, now);
        else if (account.Source.IsReplay || account.Source.Source.SessionsAlways || lane.Contract.Product.Sessions.Always) account.Ledger.BeginOn(next);
    }

    /// <summary>Settles at the new day's previous settlement where the feed tells it, else at the last price.</summary>
    private void Settle(AccountBook account, DateOnly day, DateOnly next, DateTimeOffset now)
    {
        var prices = new Dictionary<Symbol, Price>();
        foreach (var symbol in account.Ledger.Symbols)
        {
            if (account.Source.Find(symbol) is not { HasTick: true } lane) continue;
            var told = lane.Last.PreSettlement > 0 && lane.Window!.TradingDay == next;
            prices[symbol] = told ? new Price(lane.Last.PreSettlement) : lane.LastPrice!.Value;
        }
        var settled = account.Ledger.Settle(day, next, prices);
        keeper.SaveLots(account, settled.ChangedLots, []);
        changes.Add(new JournalChange.LedgerSaved(account.Ledger.Balances));
        changes.Add(new JournalChange.SettlementSaved(new() { AccountId = account.Id, TradingDay = day, SettledAt = now, Funds = settled.Funds, Positions = settled.Positions }));
        changes.Tell(now, TapeSeverity.Info, "day.settled", new(account.Id), day.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        foreach (var symbol in account.Ledger.Symbols) rules.RefreshLegs(account.Id, symbol, now);
        account.SeenTrades.ForgetBefore(day, now - ToldAgain, id => orders.Known(id) is not null);
    }

    private IVenue VenueOf(Account account, AccountLedger ledger, SourceBook source, DateTimeOffset now) => account.Venue switch
    {
        VenueKind.Simulated => new SimulatedVenue(ledger, orders.Report, (contract, at) => calendar.WindowAt(contract, at, source.Source.SessionsAlways), latency),
        VenueKind.Bridge when bridges is not null => bridges.Open(account, ids.Next(), orders.Report, now),
        VenueKind.Bridge => throw new InvalidOperationException($"Account {account.Id} trades over a bridge, and this engine has none."),
    };

    private Contract ContractOf(SourceBook source, Symbol symbol) =>
        source.Find(symbol)?.Contract ?? catalog.Find(symbol, DateOnly.MaxValue) ?? throw new InvalidOperationException($"{symbol} is held but not in the catalog.");
}

/// <summary>The counter's funds beside ours.</summary>
/// <param name="Balance">The counter's.</param>
/// <param name="Equity">Ours; null when unknown.</param>
/// <param name="TakenAt">When the counter was asked.</param>
/// <param name="Deposits">Ours when it was told.</param>
public sealed record FundsTold(decimal Balance, decimal? Equity, DateTimeOffset TakenAt, decimal? Deposits = null);
