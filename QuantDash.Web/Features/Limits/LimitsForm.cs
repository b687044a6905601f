using QuantDash.Core.Instruments;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Limits;

/// <summary>The limits of an account while a person writes them: empty is none, the price band in percent.</summary>
public sealed class LimitsForm
{
    public LimitFields Whole { get; } = new();
    public decimal? MaxTotalExposure { get; set; }
    public decimal? MaxDailyTrades { get; set; }
    public decimal? MaxDailyLoss { get; set; }
    public decimal? DuplicateWindow { get; set; }
    public decimal? MaxOrdersPerSecond { get; set; }
    public decimal? MaxOrdersPerMinute { get; set; }
    public List<LimitFields> Contracts { get; } = [];

    public static LimitsForm Of(RiskView risk)
    {
        var form = new LimitsForm
        {
            MaxTotalExposure = risk.Account.MaxTotalExposure,
            MaxDailyTrades = risk.Account.MaxDailyTrades,
            MaxDailyLoss = risk.Account.MaxDailyLoss,
            DuplicateWindow = (decimal?)risk.Account.DuplicateWindow?.TotalSeconds,
            MaxOrdersPerSecond = risk.Account.MaxOrdersPerSecond,
            MaxOrdersPerMinute = risk.Account.MaxOrdersPerMinute,
        };
        form.Whole.Take(risk.Account);
        foreach (var (symbol, own) in risk.Contracts.OrderBy(entry => entry.Key))
        {
            var fields = new LimitFields { Symbol = symbol.ToString() };
            fields.Take(own);
            form.Contracts.Add(fields);
        }
        return form;
    }

    /// <param name="account">Whose.</param>
    /// <param name="resolve">A contract by any of its names, for the field it stands in.</param>
    public Outcome<LimitsRequest> Check(AccountId account, Func<string, string, Outcome<Contract>> resolve)
    {
        var problems = new List<Problem>();
        var whole = Whole.Read("limits.", problems) with
        {
            MaxTotalExposure = MaxTotalExposure,
            MaxDailyTrades = LimitFields.Whole("limits.max_daily_trades", MaxDailyTrades, problems),
            MaxDailyLoss = MaxDailyLoss,
            DuplicateWindow = LimitFields.Seconds("limits.duplicate_window", DuplicateWindow, problems),
            MaxOrdersPerSecond = LimitFields.Whole("limits.max_orders_per_second", MaxOrdersPerSecond, problems),
            MaxOrdersPerMinute = LimitFields.Whole("limits.max_orders_per_minute", MaxOrdersPerMinute, problems),
        };
        problems.AddRange(whole.Problems("limits."));
        var contracts = new Dictionary<Symbol, RiskLimits>();
        foreach (var (i, fields) in Contracts.Index())
        {
            var own = fields.Read($"contracts[{i}].", problems);
            var found = resolve(fields.Symbol.Trim(), $"contracts[{i}].symbol");
            problems.AddRange(found.Problems.Concat(own.Problems($"contracts[{i}].", ofContract: true)));
            if (found.Succeeded && !contracts.TryAdd(found.Value.Symbol, own)) problems.Add(new($"contracts[{i}].symbol", "duplicate_symbol", found.Value.Symbol));
        }
        return problems.Count > 0 ? Outcome<LimitsRequest>.Failure([.. problems.DistinctBy(problem => problem.Field)]) : Outcome<LimitsRequest>.Success(new(account, whole, contracts));
    }
}

/// <summary>What an account as a whole and a contract of it can both have.</summary>
public sealed class LimitFields
{
    public string Symbol { get; set; } = "";
    public decimal? MaxOrderVolume { get; set; }
    public decimal? MaxOrderSize { get; set; }
    public decimal? MaxPosition { get; set; }
    public decimal? MaxPositionPerSymbol { get; set; }
    public decimal? BandPercent { get; set; }
    public decimal? PriceBandTicks { get; set; }

    internal void Take(RiskLimits limits) => (MaxOrderVolume, MaxOrderSize, MaxPosition, MaxPositionPerSymbol, BandPercent, PriceBandTicks) =
        (limits.MaxOrderVolume?.Value, limits.MaxOrderSize, limits.MaxPosition?.Value, limits.MaxPositionPerSymbol, limits.PriceBand?.Value * 100m, limits.PriceBandTicks);

    internal RiskLimits Read(string path, List<Problem> problems) => new()
    {
        MaxOrderVolume = Lots(path + "max_order_volume", MaxOrderVolume, problems),
        MaxOrderSize = MaxOrderSize,
        MaxPosition = Lots(path + "max_position", MaxPosition, problems),
        MaxPositionPerSymbol = MaxPositionPerSymbol,
        PriceBand = BandPercent is { } percent ? new Ratio(percent / 100m) : null,
        PriceBandTicks = Whole(path + "price_band_ticks", PriceBandTicks, problems),
    };

    internal static int? Whole(string field, decimal? value, List<Problem> problems)
    {
        if (value is not { } number) return null;
        if (number == decimal.Truncate(number) && number is >= 1 and <= RiskLimits.MostCount) return (int)number;
        problems.Add(new(field, "out_of_range", 1, RiskLimits.MostCount, number));
        return null;
    }

    internal static TimeSpan? Seconds(string field, decimal? value, List<Problem> problems)
    {
        var longest = (decimal)RiskLimits.LongestWindow.TotalSeconds;
        if (value is not { } seconds) return null;
        if (seconds > 0 && seconds <= longest) return TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
        problems.Add(new(field, "not_in_limit_range", seconds, longest));
        return null;
    }

    private static Volume? Lots(string field, decimal? value, List<Problem> problems)
    {
        if (value is not < 0m) return value is { } lots ? new Volume(lots) : null;
        problems.Add(new(field, "negative", value));
        return null;
    }
}
