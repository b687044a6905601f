using QuantDash.Core.Primitives;

namespace QuantDash.Core.Instruments;

public enum AssetClass { Future, Stock, Perpetual }

/// <summary>What is the same for every contract of a product (品种) on a given day, and the dated terms that change.</summary>
public sealed record Product
{
    public required string Exchange { get; init; }

    /// <summary>Product code in the exchange's own case: <c>TA</c>, <c>v</c>, <c>au</c>, <c>IF</c>.</summary>
    public required string Code { get; init; }

    public required string ChineseName { get; init; }
    public required string EnglishName { get; init; }
    public required AssetClass Class { get; init; }
    public required Currency Currency { get; init; }

    /// <summary>Money per point and unit of volume (合约乘数), &gt; 0.</summary>
    public required decimal Multiplier { get; init; }

    /// <summary>What one unit of the quotation measures (t, g, bbl, point); null where nobody says it.</summary>
    public string? Unit { get; init; }

    /// <summary>Smallest step of a volume: 1 lot for futures.</summary>
    public required decimal VolumeStep { get; init; }

    /// <summary>Whether long and short of one contract can be held together; where not, a lock rule is refused.</summary>
    public required bool HoldsBothSides { get; init; }

    /// <summary>Whether its venue publishes a mark price beside the last one: perpetuals do.</summary>
    public bool HasMarkPrice => Class == AssetClass.Perpetual;

    /// <summary>Which day and night sessions it trades (see <c>TradingCalendar</c>).</summary>
    public required SessionPlan Sessions { get; init; }

    /// <summary>Dated terms, oldest first, never empty; the last one whose <see cref="ContractTerms.EffectiveFrom"/> is not after the trading day applies.
    /// What one contract is charged near its delivery is <see cref="ContractCatalog.TermsOn"/>.</summary>
    public required IReadOnlyList<ContractTerms> Terms { get; init; }

    /// <summary>What prices of orders are multiples of where that grows with the price; null: the price tick.</summary>
    public PriceSteps? PriceSteps { get; init; }

    /// <summary>How the last trading day follows from the delivery month; null for products without delivery.</summary>
    public LastTradingDayRule? LastTradingDay { get; init; }

    /// <summary>The steps by which margin rises towards delivery, earliest first.</summary>
    public IReadOnlyList<DeliveryMargin> DeliveryMargins { get; init; } = [];

    /// <summary>How many trading days before the last one single-side margin ends (after that day's close); null: never.</summary>
    public int? SingleSideEnds { get; init; }

    /// <summary>The terms in force on <paramref name="tradingDay"/>; before the first date the first terms apply.</summary>
    public ContractTerms TermsOn(DateOnly tradingDay) => Terms.LastOrDefault(t => t.EffectiveFrom <= tradingDay) ?? Terms[0];
}
