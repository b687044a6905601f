using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Positions;

/// <summary>Fee of one trade line: a ratio of notional or money per unit of volume, rounded once a line, to the cent for exchanges that print
/// statements in cents (DOMAIN.md 2.4), to 8 digits for perpetuals.</summary>
public static class TradeFees
{
    /// <param name="asMaker">Whether the order waited in the book (a maker pays <see cref="FeeSchedule.Maker"/> where there is such a rate).</param>
    public static decimal Open(FeeSchedule fees, Contract contract, Price price, Volume volume, bool asMaker = false) =>
        Rounded(contract, Of(MakerOr(fees.Open, fees, asMaker), contract, price, volume));

    /// <summary>开仓后平仓收平今手续费，今仓平完后收平仓手续费: <paramref name="asToday"/> at the close-today rate, <paramref name="asYesterday"/> at the close rate.</summary>
    public static decimal Close(FeeSchedule fees, Contract contract, Price price, Volume asToday, Volume asYesterday, bool asMaker = false) =>
        Rounded(contract, Of(MakerOr(fees.CloseToday, fees, asMaker), contract, price, asToday) + Of(MakerOr(fees.Close, fees, asMaker), contract, price, asYesterday));

    /// <summary>Fee of one unit of volume, not rounded.</summary>
    public static decimal PerUnit(FeeRate rate, Contract contract, Price price) =>
        rate.Basis == FeeBasis.ByMoney ? contract.NotionalOf(price, new(1m)).Amount * rate.Value : rate.Value;

    private static FeeRate MakerOr(FeeRate rate, FeeSchedule fees, bool asMaker) => asMaker ? fees.Maker ?? rate : rate;

    private static decimal Of(FeeRate rate, Contract contract, Price price, Volume volume) => PerUnit(rate, contract, price) * volume.Value;

    private static decimal Rounded(Contract contract, decimal fee) =>
        decimal.Round(fee, contract.Product.Class == AssetClass.Perpetual ? 8 : 2, MidpointRounding.AwayFromZero);
}
