using QuantDash.Core.Engine;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Replay;

/// <summary>Which sources a replay may play on.</summary>
internal static class ReplayTarget
{
    /// <summary>Null: it may. On a wall clock stored ticks would be refused as too old, or worse: reach an account that trades.</summary>
    public static Problem? Check(EngineSnapshot snapshot, SourceName name)
    {
        var source = snapshot.Sources.FirstOrDefault(s => s.Source.Name == name)?.Source;
        if (source is null) return new("to", "unknown_source", name);
        return source.Clock == SourceClock.Ticks ? null : new("to", "not_a_replay_source", name);
    }
}
