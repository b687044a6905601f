using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Positions;

/// <summary>Fee of one trade line: a ratio of notional or money per unit of volume, rounded once a line, to the cent for exchanges that print
/// statements in cents (DOMAIN.md 2.4), to 8 digits for perpetuals.</summary>
public static class TradeFees
{
    public static decimal Open(FeeSchedule fees, Contract contract, Price price, Volume volume) =>
        Rounded(contract, Of(fees.Open, contract, price, volume));

    /// <summary>开仓后平仓收平今手续费，今仓平完后收平仓手续费: <paramref name="asToday"/> at the close-today rate, <paramref name="asYesterday"/> at the close rate.</summary>
    public static decimal Close(FeeSchedule fees, Contract contract, Price price, Volume asToday, Volume asYesterday) =>
        Rounded(contract, Of(fees.CloseToday, contract, price, asToday) + Of(fees.Close, contract, price, asYesterday));

    /// <summary>Fee of one unit of volume, not rounded.</summary>
    public static decimal PerUnit(FeeRate rate, Contract contract, Price price) =>
        rate.Basis == FeeBasis.ByMoney ? contract.NotionalOf(price, new(1m)).Amount * rate.Value : rate.Value;

    private static decimal Of(FeeRate rate, Contract contract, Price price, Volume volume) => PerUnit(rate, contract, price) * volume.Value;

    private static decimal Rounded(Contract contract, decimal fee) =>
        decimal.Round(fee, contract.Product.Class == AssetClass.Perpetual ? 8 : 2, MidpointRounding.AwayFromZero);
}
