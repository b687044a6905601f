using QuantDash.Core.Engine;

namespace QuantDash.Web.Features.Appearance;

/// <summary>What can be heard; js/sounds.js has a tone for each.</summary>
public enum SoundKind
{
    /// <summary>A rule fired.</summary>
    Fired,

    /// <summary>Something waits for a confirmation.</summary>
    Asks,

    /// <summary>An order or a lock was filled.</summary>
    Filled,

    /// <summary>Something failed, or is dangerous.</summary>
    Failed,

    /// <summary>A feed or a bridge went silent.</summary>
    Feed,
}

/// <summary>Which events are heard.</summary>
internal static class Sounds
{
    /// <summary>Null: none.</summary>
    public static SoundKind? Of(TapeEvent item) => item.Key switch
    {
        "lock.waiting" => SoundKind.Asks,
        "lock.fired" or "held.triggered" => SoundKind.Fired,
        "order.filled" or "lock.executed" => SoundKind.Filled,
        "feed.stale" or "bridge.down" => SoundKind.Feed,
        _ => item.Severity == TapeSeverity.Danger ? SoundKind.Failed : null,
    };

    /// <summary>As the script calls it.</summary>
    public static string Name(SoundKind kind) => kind.ToString().ToLowerInvariant();
}
