namespace QuantDash.Core.Simulation;

/// <summary>What the simulated venue says, in the words traders know from CTP (DOMAIN.md 2.1).</summary>
public static class VenueWords
{
    public const string Duplicate = "不允许重复报单";
    public const string NotTrading = "当前状态禁止此项操作：非交易时段";
    public const string NoMarketOrderInAuction = "集合竞价不接受市价报单";
    public const string NoImmediateOrderInAuction = "集合竞价不接受FAK或FOK报单";
    public const string PriceTypeUnsupported = "交易所不支持的价格类型";
    public const string VolumeOffStep = "报单字段有误：数量不是最小交易单位的整数倍";
    public const string VolumeTooLarge = "报单字段有误：超过单笔最大报单数量";
    public const string PriceMissing = "报单字段有误：限价单没有价格";
    public const string PriceOffTick = "价格非最小变动价位的整数倍";
    public const string PriceOutsideLimits = "价格超出涨跌停板";
    public const string NotEnoughPosition = "平仓量超过持仓量";
    public const string NotEnoughToday = "平今仓位不足";
    public const string NotEnoughYesterday = "平昨仓位不足";
    public const string NotEnoughFunds = "资金不足";
    public const string CurrencyDiffers = "合约币种与账户币种不同";
    public const string OneSideOnly = "该品种不支持双向持仓";
    public const string SelfTrade = "报单会与本账户未成交报单自成交";
    public const string NothingToCancel = "报单已全成交或已撤销，不能再撤";
    public const string DayOrderExpired = "当日有效报单已过交易日";
}
