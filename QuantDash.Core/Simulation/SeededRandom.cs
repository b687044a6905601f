namespace QuantDash.Core.Simulation;

/// <summary>SplitMix64 (Steele, Lea, Flood 2014): the same numbers for a seed on every machine and runtime, which <see cref="Random"/> does not promise.</summary>
public sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [<paramref name="from"/>, <paramref name="below"/>).</summary>
    public double Between(double from, double below) => from + ((below - from) * NextDouble());

    /// <summary>A whole number in [<paramref name="from"/>, <paramref name="to"/>].</summary>
    public long Whole(long from, long to) => from + (long)(NextDouble() * (to - from + 1));

    public bool Chance(double probability) => NextDouble() < probability;

    /// <summary>Standard normal (Box and Muller).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    private ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
