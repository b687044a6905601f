using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>risk_limits</c>: what an account, or one contract of it, is held to. Null: no such limit.</summary>
internal sealed class RiskLimitsRow
{
    /// <summary>The symbol of a row that is of the whole account.</summary>
    public const string WholeAccount = "*";

    public Guid Id { get; set; }
    public Guid AccountId { get; set; }
    public required string Symbol { get; set; }

    /// <summary>Lots.</summary>
    public decimal? MaxOrderVolume { get; set; }

    /// <summary>Money.</summary>
    public decimal? MaxOrderSize { get; set; }

    /// <summary>Lots of |net|.</summary>
    public decimal? MaxPosition { get; set; }

    /// <summary>Money of |net|.</summary>
    public decimal? MaxPositionPerSymbol { get; set; }
    public decimal? MaxTotalExposure { get; set; }
    public int? MaxDailyTrades { get; set; }
    public decimal? MaxDailyLoss { get; set; }

    /// <summary>A share: 0.02 is 2 %.</summary>
    public decimal? PriceBand { get; set; }
    public int? PriceBandTicks { get; set; }

    /// <summary>Seconds.</summary>
    public decimal? DuplicateWindow { get; set; }
    public int? MaxOrdersPerSecond { get; set; }
    public int? MaxOrdersPerMinute { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>0: written by another program and not yet taken over; ours count up from 1 (a trigger of the database keeps this).</summary>
    public long Revision { get; set; }

    public static RiskLimitsRow From(StoredLimits stored) => new()
    {
        Id = stored.Id,
        AccountId = stored.AccountId.Value,
        Symbol = stored.Symbol?.ToString() ?? WholeAccount,
        MaxOrderVolume = stored.Limits.MaxOrderVolume?.Value,
        MaxOrderSize = stored.Limits.MaxOrderSize,
        MaxPosition = stored.Limits.MaxPosition?.Value,
        MaxPositionPerSymbol = stored.Limits.MaxPositionPerSymbol,
        MaxTotalExposure = stored.Limits.MaxTotalExposure,
        MaxDailyTrades = stored.Limits.MaxDailyTrades,
        MaxDailyLoss = stored.Limits.MaxDailyLoss,
        PriceBand = stored.Limits.PriceBand?.Value,
        PriceBandTicks = stored.Limits.PriceBandTicks,
        DuplicateWindow = stored.Limits.DuplicateWindow is { } window ? (decimal)window.Ticks / TimeSpan.TicksPerSecond : null,
        MaxOrdersPerSecond = stored.Limits.MaxOrdersPerSecond,
        MaxOrdersPerMinute = stored.Limits.MaxOrdersPerMinute,
        UpdatedAt = stored.UpdatedAt,
        Revision = 1,
    };

    /// <summary>Null when the symbol is none: a row that another program wrote for a contract that cannot be traded.</summary>
    public StoredLimits? ToLimits()
    {
        Symbol? symbol = null;
        if (Symbol != WholeAccount)
        {
            try
            {
                symbol = Core.Primitives.Symbol.ParseCanonical(Symbol);
            }
            catch (Exception error) when (error is FormatException or ArgumentException)
            {
                return null;
            }
        }
        return new(Id, new(AccountId), symbol, Limits(), UpdatedAt);
    }

    private RiskLimits Limits() => new()
    {
        MaxOrderVolume = MaxOrderVolume is { } order ? new(order) : null,
        MaxOrderSize = MaxOrderSize,
        MaxPosition = MaxPosition is { } position ? new(position) : null,
        MaxPositionPerSymbol = MaxPositionPerSymbol,
        MaxTotalExposure = MaxTotalExposure,
        MaxDailyTrades = MaxDailyTrades,
        MaxDailyLoss = MaxDailyLoss,
        PriceBand = PriceBand is { } band ? new(band) : null,
        PriceBandTicks = PriceBandTicks,
        DuplicateWindow = DuplicateWindow is { } seconds ? TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond)) : null,
        MaxOrdersPerSecond = MaxOrdersPerSecond,
        MaxOrdersPerMinute = MaxOrdersPerMinute,
    };
}
