namespace QuantDash.Core.Positions;

/// <summary>今仓 / 昨仓: whether a lot was opened on the account's current trading day or before it.</summary>
public enum LotAge { Today, Yesterday }
