using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;

namespace QuantDash.Web.Features.Limits;

/// <summary>Reads a set of limits; every mistake is named, as far as it can be seen without the account.</summary>
internal static class LimitsReader
{
    private const int MostContracts = 500;

    public static LimitsRequest? Read(JsonFields body, AccountView? account, EngineSnapshot snapshot, ContractCatalog catalog, DateTimeOffset now)
    {
        var limits = body.Object("limits") is { } whole ? OfAccount(whole) : null;
        var contracts = new Dictionary<Symbol, RiskLimits>();
        var day = TradingFields.DayOf(snapshot, account, now);
        foreach (var item in body.Objects("contracts", MostContracts) ?? [])
        {
            item.Require("symbol");
            var own = OfContract(item);
            foreach (var name in (string[])["max_total_exposure", "max_daily_trades", "max_daily_loss", "duplicate_window", "max_orders_per_second", "max_orders_per_minute"])
                if (item.HasValue(name)) item.Refuse(name, "only_for_account");
            if (item.Contract(catalog, day) is { } contract && !contracts.TryAdd(contract.Symbol, own)) item.Refuse("symbol", "duplicate_symbol", contract.Symbol);
        }

        return account is null || body.Problems.Count > 0 ? null : new(account.Account.Id, limits, contracts);
    }

    private static RiskLimits OfAccount(JsonFields fields) => OfContract(fields) with
    {
        MaxTotalExposure = fields.Number("max_total_exposure"),
        MaxDailyTrades = fields.Integer("max_daily_trades", 1, RiskLimits.MostCount),
        MaxDailyLoss = fields.Number("max_daily_loss"),
        DuplicateWindow = Window(fields),
        MaxOrdersPerSecond = fields.Integer("max_orders_per_second", 1, RiskLimits.MostCount),
        MaxOrdersPerMinute = fields.Integer("max_orders_per_minute", 1, RiskLimits.MostCount),
    };

    private static RiskLimits OfContract(JsonFields fields) => new()
    {
        MaxOrderVolume = fields.Volume("max_order_volume", null),
        MaxOrderSize = fields.Number("max_order_size"),
        MaxPosition = fields.Volume("max_position", null),
        MaxPositionPerSymbol = fields.Number("max_position_per_symbol"),
        PriceBand = fields.Number("price_band") is { } share ? new(share) : null,
        PriceBandTicks = fields.Integer("price_band_ticks", 1, RiskLimits.MostCount),
    };

    private static TimeSpan? Window(JsonFields fields)
    {
        var longest = (decimal)RiskLimits.LongestWindow.TotalSeconds;
        if (fields.Number("duplicate_window") is not { } seconds) return null;
        if (seconds > 0 && seconds <= longest) return TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
        fields.Refuse("duplicate_window", "not_in_limit_range", seconds, longest);
        return null;
    }
}
