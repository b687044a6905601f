using QuantDash.Core.Primitives;

namespace QuantDash.Core.Instruments;

/// <summary>Rules of a product that exchanges and brokers change by notice: dated data, never code.</summary>
public sealed record ContractTerms
{
    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>The first delivery month these terms hold for, where a change reached only contracts listed later; null: all.</summary>
    public DeliveryMonth? FirstDelivery { get; init; }

    /// <summary>最小变动价位 in price units, &gt; 0.</summary>
    public required decimal PriceTick { get; init; }

    /// <summary>Margin as a fraction of notional, per leg side.</summary>
    public required Ratio LongMargin { get; init; }
    public required Ratio ShortMargin { get; init; }

    /// <summary>Which price of a lot its margin is counted on.</summary>
    public MarginPrice MarginPrice { get; init; }

    public required FeeSchedule Fees { get; init; }

    /// <summary>涨跌停 as a fraction of the previous settlement; null where the product has none or it is unknown. A table limit only warns.</summary>
    public Ratio? PriceLimit { get; init; }

    /// <summary>Largest volume of one limit order; null: no limit known.</summary>
    public decimal? LargestLimitOrder { get; init; }

    /// <summary>Largest volume of one market order; 0: the exchange takes no market orders; null: no limit known.</summary>
    public decimal? LargestMarketOrder { get; init; }

    /// <summary>区分今昨仓: closing orders must say close-today or close-yesterday (SHFE, INE).</summary>
    public required bool DistinguishesToday { get; init; }

    /// <summary>When the larger side alone is charged (单向大边).</summary>
    public required SingleSideMargin SingleSide { get; init; }

    /// <summary>The group within which long and short totals are compared, e.g. <c>SHFE.au</c> or <c>CFFEX.index</c>.</summary>
    public required string MarginGroup { get; init; }
}

/// <summary>When single-side margin relief applies (DOMAIN.md 2.2).</summary>
public enum SingleSideMargin { Never, RealTime, AtSettlement }

/// <summary>The price margin is counted on (DOMAIN.md 2.2, 4).</summary>
public enum MarginPrice
{
    /// <summary>A lot's open price until its first settlement, the last settlement from then on.</summary>
    OpenThenSettlement,

    /// <summary>The latest price, whatever the lot was opened at (perpetuals: notional ÷ leverage).</summary>
    Latest,
}

/// <summary>How a fee is counted: a ratio of notional, or money per unit of volume.</summary>
public enum FeeBasis { ByMoney, ByVolume }

/// <summary>One fee rate; <see cref="Value"/> is a ratio (ByMoney) or currency per unit of volume (ByVolume), ≥ 0.</summary>
public readonly record struct FeeRate(FeeBasis Basis, decimal Value);

/// <summary>Fees for opening, closing lots of earlier days, and closing lots of today.</summary>
public sealed record FeeSchedule(FeeRate Open, FeeRate Close, FeeRate CloseToday)
{
    /// <summary>What an order pays that waited in the book, whatever it does; null where everybody pays the same.</summary>
    public FeeRate? Maker { get; init; }
}
