using QuantDash.Core.Primitives;

namespace QuantDash.Core.Orders;

/// <summary>Trades of one account and contract, added up.</summary>
/// <param name="PriceVolume">Σ price × volume; times the multiplier it is the turnover.</param>
/// <param name="Closes">Closing trades.</param>
/// <param name="Unknown">Those of them whose realised P&amp;L nobody knows: it is not in <paramref name="Realised"/>.</param>
/// <param name="Realised">平仓盈亏 against the open prices (逐笔), before fees.</param>
public sealed record TradeSum(AccountId AccountId, Symbol Symbol, int Trades, decimal Volume, decimal PriceVolume, decimal Fees, int Closes, int Unknown, decimal Realised);
