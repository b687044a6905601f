using QuantDash.Core.Instruments;

namespace QuantDash.Core.Orders;

/// <summary>How long an order may wait for its fill.</summary>
public enum TimeInForce
{
    /// <summary>Until the trading day ends.</summary>
    Day,

    /// <summary>Fill and kill (即时成交剩余撤销): takes what is there at once, the rest is cancelled.</summary>
    Fak,

    /// <summary>Fill or kill (全部成交否则撤销): all of it at once, or nothing.</summary>
    Fok,
}

/// <summary>Where each may be used, and what its end is called.</summary>
public static class TimesInForce
{
    /// <summary>Reason of a fill-and-kill order whose rest was cancelled, where the venue gives none.</summary>
    public const string FakEnded = "FAK 未能即时成交的部分已自动撤销";

    /// <summary>Reason of a fill-or-kill order that was cancelled, where the venue gives none.</summary>
    public const string FokEnded = "FOK 未能即时全部成交已自动撤销";

    private static readonly TimeInForce[] Everywhere = [TimeInForce.Day, TimeInForce.Fak, TimeInForce.Fok];
    private static readonly TimeInForce[] WithoutFok = [TimeInForce.Day, TimeInForce.Fak];
    private static readonly TimeInForce[] DayOnly = [TimeInForce.Day];

    /// <summary>What a product's exchange offers: 郑商所 has no fill or kill, the stock counters have neither (DOMAIN.md 2.1, PROTOCOLS.md).</summary>
    public static IReadOnlyList<TimeInForce> Of(Product product) => product switch
    {
        { Class: AssetClass.Stock } => DayOnly,
        { Class: AssetClass.Future, Exchange: "CZCE" } => WithoutFok,
        _ => Everywhere,
    };

    /// <summary>Whether it never waits in the book.</summary>
    public static bool IsImmediate(this TimeInForce time) => time != TimeInForce.Day;

    /// <summary>Why an order of this kind ended by itself; null for a day order.</summary>
    public static string? EndOf(TimeInForce time) => time switch
    {
        TimeInForce.Fak => FakEnded,
        TimeInForce.Fok => FokEnded,
        TimeInForce.Day => null,
    };
}
