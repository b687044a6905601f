using QuantDash.Core.Engine;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Limits;

/// <summary>What an account is held to, and how much of it is used.</summary>
/// <param name="AreDefaults">Nobody has set any for it: those of the configuration count.</param>
/// <param name="Contracts">What single contracts have of their own; the account's count where theirs are null.</param>
public sealed record LimitsAnswer(Guid AccountId, string Currency, bool AreDefaults, AccountLimitsFields Limits, IReadOnlyList<ContractLimitsAnswer> Contracts, LimitUseAnswer Use)
{
    public static LimitsAnswer Of(AccountView view) => Of(view.Account, view.Risk);

    public static LimitsAnswer Of(Account account, RiskView risk) => new(
        account.Id.Value, account.Currency.Code, risk.AreDefaults, AccountLimitsFields.Of(risk.Account),
        [.. risk.Contracts.OrderBy(entry => entry.Key).Select(entry => ContractLimitsAnswer.Of(entry.Key, entry.Value))], LimitUseAnswer.Of(risk.Use));
}

/// <summary>The columns of <c>risk_limits</c> for an account as a whole. Null: no such limit.</summary>
/// <param name="MaxOrderVolume">Lots of one order.</param>
/// <param name="MaxOrderSize">Price × volume × multiplier of one order.</param>
/// <param name="MaxPosition">Lots of |net| of one contract, working orders counted as filled.</param>
/// <param name="MaxPositionPerSymbol">The same at the last price.</param>
/// <param name="PriceBand">How far beyond the last price an order may pay, as a share: 0.02 is 2 %.</param>
/// <param name="PriceBandTicks">The same in ticks; the nearer counts.</param>
/// <param name="MaxTotalExposure">Σ |net| at the last prices.</param>
/// <param name="MaxDailyTrades">Opening orders of a trading day.</param>
/// <param name="MaxDailyLoss">Loss of the trading day at which nothing opens any more, deposits left out.</param>
/// <param name="DuplicateWindow">Seconds in which the same order by a person is taken for a second click.</param>
public sealed record AccountLimitsFields(
    decimal? MaxOrderVolume = null, decimal? MaxOrderSize = null, decimal? MaxPosition = null, decimal? MaxPositionPerSymbol = null, decimal? PriceBand = null, int? PriceBandTicks = null,
    decimal? MaxTotalExposure = null, int? MaxDailyTrades = null, decimal? MaxDailyLoss = null, decimal? DuplicateWindow = null, int? MaxOrdersPerSecond = null, int? MaxOrdersPerMinute = null)
{
    public static AccountLimitsFields Of(RiskLimits limits) => new(
        limits.MaxOrderVolume?.Value, limits.MaxOrderSize, limits.MaxPosition?.Value, limits.MaxPositionPerSymbol, limits.PriceBand?.Value, limits.PriceBandTicks,
        limits.MaxTotalExposure, limits.MaxDailyTrades, limits.MaxDailyLoss, (decimal?)limits.DuplicateWindow?.TotalSeconds, limits.MaxOrdersPerSecond, limits.MaxOrdersPerMinute);
}

/// <summary>What one contract has of its own.</summary>
public sealed record ContractLimitsAnswer(
    string Symbol, decimal? MaxOrderVolume = null, decimal? MaxOrderSize = null, decimal? MaxPosition = null, decimal? MaxPositionPerSymbol = null, decimal? PriceBand = null, int? PriceBandTicks = null)
{
    public static ContractLimitsAnswer Of(Symbol symbol, RiskLimits limits) => new(
        symbol.ToString(), limits.MaxOrderVolume?.Value, limits.MaxOrderSize, limits.MaxPosition?.Value, limits.MaxPositionPerSymbol, limits.PriceBand?.Value, limits.PriceBandTicks);
}

/// <summary>How much is used now.</summary>
/// <param name="LossToday">Negative: a profit; null while a price is not known.</param>
/// <param name="TotalExposure">Null while a price is not known.</param>
public sealed record LimitUseAnswer(decimal? LossToday, int OpenedToday, decimal? TotalExposure, int OrdersLastSecond, int OrdersLastMinute, IReadOnlyList<ContractUseAnswer> Contracts)
{
    public static LimitUseAnswer Of(RiskUse use) => new(
        use.LossToday, use.OpenedToday, use.TotalExposure, use.OrdersLastSecond, use.OrdersLastMinute, [.. use.Contracts.Select(one => new ContractUseAnswer(one.Symbol.ToString(), one.Net, one.Reach, one.Value))]);
}

/// <param name="Net">Long less short.</param>
/// <param name="Reach">The most that |net| becomes by orders that work.</param>
/// <param name="Value">Of that, at the last price.</param>
public sealed record ContractUseAnswer(string Symbol, decimal Net, decimal Reach, decimal? Value);

/// <summary>All limits of an account: what is left out is none.</summary>
/// <param name="Limits">Null: those of the configuration count again.</param>
public sealed record LimitsBody(string AccountId, AccountLimitsFields? Limits = null, IReadOnlyList<ContractLimitsAnswer>? Contracts = null);
