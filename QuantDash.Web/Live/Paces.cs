namespace QuantDash.Web.Live;

/// <summary>How often the screen changes, by what eyes need. Decisions never wait for these: they read the raw feed.</summary>
public static class Paces
{
    /// <summary>Prices and P&amp;L.</summary>
    public static readonly TimeSpan Quotes = TimeSpan.FromMilliseconds(200);

    /// <summary>Triggers, rules and orders: a click must be answered visibly.</summary>
    public static readonly TimeSpan Locks = TimeSpan.FromMilliseconds(200);

    public static readonly TimeSpan Tape = TimeSpan.FromMilliseconds(250);

    /// <summary>Points of the price chart.</summary>
    public static readonly TimeSpan PriceChart = TimeSpan.FromMilliseconds(500);

    /// <summary>Progress of imports and replays.</summary>
    public static readonly TimeSpan Progress = TimeSpan.FromMilliseconds(500);

    /// <summary>Equity, available, risk and the funds curve.</summary>
    public static readonly TimeSpan Funds = TimeSpan.FromSeconds(1);

    /// <summary>Ages and countdowns.</summary>
    public static readonly TimeSpan Ages = TimeSpan.FromSeconds(1);
}
