using QuantDash.Web.Configuration;

namespace QuantDash.Web.Features.Watchdog;

/// <summary>What one look at the traders showed.</summary>
/// <param name="IsWell">One of them is ready.</param>
/// <param name="Why">What each said instead, e.g. <c>http://localhost:8888/: no_answer</c>; empty when one is ready.</param>
public sealed record TraderLook(bool IsWell, string Why = "");

public enum WatchMessage { Silent, StillSilent, Back }

/// <summary>What the watchdog knows of the outage that goes on, if one does. It outlives the watchdog's own process: nobody is woken twice because it was restarted.</summary>
/// <param name="SilentSince">The first look that found nobody ready; null: the trader is well.</param>
/// <param name="ToldAt">When the latest message about it arrived.</param>
/// <param name="Told">How many did.</param>
public sealed record WatchState(DateTimeOffset? SilentSince = null, DateTimeOffset? ToldAt = null, int Told = 0)
{
    public static WatchState Calm { get; } = new();

    /// <summary>An outage that somebody was told of is over only when they were told that, too.</summary>
    public WatchState After(TraderLook look, DateTimeOffset now) =>
        !look.IsWell ? this with { SilentSince = SilentSince ?? now } : Told > 0 ? this : Calm;

    /// <summary>What is to be said now; null: nothing.</summary>
    public WatchMessage? Due(TraderLook look, DateTimeOffset now, WatchdogOptions options)
    {
        if (look.IsWell) return Told > 0 ? WatchMessage.Back : null;
        if (now - SilentSince < TimeSpan.FromSeconds(options.SilentSeconds)) return null;
        if (ToldAt is not { } at) return WatchMessage.Silent;
        return now - at >= TimeSpan.FromMinutes(options.RepeatMinutes) ? WatchMessage.StillSilent : null;
    }

    /// <summary>The message arrived.</summary>
    public WatchState Delivered(WatchMessage message, DateTimeOffset now) =>
        message == WatchMessage.Back ? Calm : this with { ToldAt = now, Told = Told + 1 };
}
