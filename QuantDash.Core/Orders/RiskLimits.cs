using QuantDash.Core.Primitives;

namespace QuantDash.Core.Orders;

/// <summary>How much orders that add exposure may do, in an account or in one contract of it. Null: no such limit. What reduces |net| passes all of them.</summary>
public sealed record RiskLimits
{
    public const decimal MostMoney = 1_000_000_000_000m;
    public const int MostCount = 1_000_000;

    /// <summary>Older orders are forgotten.</summary>
    public static readonly TimeSpan LongestWindow = TimeSpan.FromMinutes(1);

    public static RiskLimits None { get; } = new();

    /// <summary>Lots of one order.</summary>
    public Volume? MaxOrderVolume { get; init; }

    /// <summary>单笔订单最大金额: price × volume × multiplier of one order.</summary>
    public decimal? MaxOrderSize { get; init; }

    /// <summary>Lots of |net| of one contract, working orders counted as filled.</summary>
    public Volume? MaxPosition { get; init; }

    /// <summary>单个标的最大持仓金额: the same at the last price.</summary>
    public decimal? MaxPositionPerSymbol { get; init; }

    /// <summary>How far beyond the last price an order may pay, as a share of it.</summary>
    public Ratio? PriceBand { get; init; }

    /// <summary>The same in ticks; of the two the nearer counts.</summary>
    public int? PriceBandTicks { get; init; }

    /// <summary>总风险敞口 of the account: Σ |net| at the last prices, working orders counted as filled.</summary>
    public decimal? MaxTotalExposure { get; init; }

    /// <summary>单日最大交易次数 of the account: orders that open, of one trading day; what goes out in parts is one.</summary>
    public int? MaxDailyTrades { get; init; }

    /// <summary>Loss of the trading day, open positions included and deposits left out, at which the account opens no more.</summary>
    public decimal? MaxDailyLoss { get; init; }

    /// <summary>The same order given again by a person within this time is taken for a second click.</summary>
    public TimeSpan? DuplicateWindow { get; init; }
    public int? MaxOrdersPerSecond { get; init; }
    public int? MaxOrdersPerMinute { get; init; }

    /// <summary>Those of one contract where it has any, and of its account where not.</summary>
    public RiskLimits Over(RiskLimits account) => account with
    {
        MaxOrderVolume = MaxOrderVolume ?? account.MaxOrderVolume,
        MaxOrderSize = MaxOrderSize ?? account.MaxOrderSize,
        MaxPosition = MaxPosition ?? account.MaxPosition,
        MaxPositionPerSymbol = MaxPositionPerSymbol ?? account.MaxPositionPerSymbol,
        PriceBand = PriceBand ?? account.PriceBand,
        PriceBandTicks = PriceBandTicks ?? account.PriceBandTicks,
    };

    /// <summary>What is wrong with them, under the names they have on the wire.</summary>
    /// <param name="path">Put before each name.</param>
    /// <param name="ofContract">Limits that only an account as a whole can have are refused.</param>
    public IEnumerable<Problem> Problems(string path = "", bool ofContract = false)
    {
        Problem?[] wrong =
        [
            Wrong("max_order_volume", MaxOrderVolume?.Value, MostMoney), Wrong("max_order_size", MaxOrderSize, MostMoney),
            Wrong("max_position", MaxPosition?.Value, MostMoney), Wrong("max_position_per_symbol", MaxPositionPerSymbol, MostMoney),
            Wrong("price_band", PriceBand?.Value, 1m), Whole("price_band_ticks", PriceBandTicks, MostCount),
            Account("max_total_exposure", Wrong("max_total_exposure", MaxTotalExposure, MostMoney), MaxTotalExposure is not null),
            Account("max_daily_trades", Whole("max_daily_trades", MaxDailyTrades, MostCount), MaxDailyTrades is not null),
            Account("max_daily_loss", Wrong("max_daily_loss", MaxDailyLoss, MostMoney), MaxDailyLoss is not null),
            Account("duplicate_window", Wrong("duplicate_window", (decimal?)DuplicateWindow?.TotalSeconds, (decimal)LongestWindow.TotalSeconds), DuplicateWindow is not null),
            Account("max_orders_per_second", Whole("max_orders_per_second", MaxOrdersPerSecond, MostCount), MaxOrdersPerSecond is not null),
            Account("max_orders_per_minute", Whole("max_orders_per_minute", MaxOrdersPerMinute, MostCount), MaxOrdersPerMinute is not null),
        ];
        return wrong.OfType<Problem>();

        Problem? Account(string name, Problem? own, bool isGiven) => ofContract && isGiven ? new(path + name, "only_for_account") : own;
        Problem? Wrong(string name, decimal? value, decimal most) => value is { } given && (given <= 0m || given > most) ? new(path + name, "not_in_limit_range", given, most) : null;
        Problem? Whole(string name, int? value, int most) => value is { } given && (given < 1 || given > most) ? new(path + name, "out_of_range", 1, most, given) : null;
    }
}

/// <summary>Limits as they are stored: a row of table <c>risk_limits</c>.</summary>
/// <param name="Symbol">Null: of the whole account.</param>
public sealed record StoredLimits(Guid Id, AccountId AccountId, Symbol? Symbol, RiskLimits Limits, DateTimeOffset UpdatedAt);

/// <summary>All limits of an account, as a person sets them.</summary>
/// <param name="Account">Null: the defaults of this installation.</param>
public sealed record LimitsRequest(AccountId AccountId, RiskLimits? Account, IReadOnlyDictionary<Symbol, RiskLimits> Contracts);

/// <summary>An account's limits and how much of them is used.</summary>
/// <param name="Account">Those of the account as a whole.</param>
/// <param name="AreDefaults">Nobody has set any for it.</param>
/// <param name="Contracts">What single contracts have of their own.</param>
public sealed record RiskView(RiskLimits Account, bool AreDefaults, IReadOnlyDictionary<Symbol, RiskLimits> Contracts, RiskUse Use)
{
    public static RiskView None { get; } = new(RiskLimits.None, true, new Dictionary<Symbol, RiskLimits>(), new([], null, 0, 0, 0));

    public RiskLimits For(Symbol symbol) => Contracts.TryGetValue(symbol, out var own) ? own.Over(Account) : Account;
}

/// <summary>How much of an account's limits is used now.</summary>
/// <param name="Contracts">What is held or ordered.</param>
/// <param name="LossToday">Negative: a profit; null while a price is not known.</param>
/// <param name="OpenedToday">Orders of the trading day that opened.</param>
/// <param name="OrdersLastSecond">All that went out.</param>
/// <param name="OrdersLastMinute">The same of a minute.</param>
public sealed record RiskUse(IReadOnlyList<ContractUse> Contracts, decimal? LossToday, int OpenedToday, int OrdersLastSecond, int OrdersLastMinute)
{
    /// <summary>Null while the price of one of them is not known.</summary>
    public decimal? TotalExposure => Contracts.Aggregate((decimal?)0m, (sum, contract) => sum + contract.Value);
}

/// <summary>One contract.</summary>
/// <param name="Net">Long less short.</param>
/// <param name="Reach">The most that |net| becomes by orders that work.</param>
/// <param name="Value">Of that, at the last price; null when it is not known.</param>
public sealed record ContractUse(Symbol Symbol, decimal Net, decimal Reach, decimal? Value);
