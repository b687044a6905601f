using QuantDash.Tests.Support;

namespace QuantDash.Tests.Recovery;

/// <summary>Where a storm's randomness begins. Every failure names it; with QUANTDASH_SEED the same run is had again.</summary>
internal static class StormSeed
{
    public static int Value { get; } = Profile.Number("QUANTDASH_SEED", Environment.TickCount, Environment.TickCount);
}
