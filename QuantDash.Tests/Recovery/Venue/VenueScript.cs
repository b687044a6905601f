namespace QuantDash.Tests.Recovery.Venue;

/// <summary>Which order meets which fault: drawn from a seed, so that a run can be had again.</summary>
internal sealed class VenueScript(int seed, IReadOnlyList<VenueFault> faults, double share)
{
    private readonly Random _random = new(seed);

    /// <summary>All that can go wrong between a program and its counter, in a quarter of the orders.</summary>
    public static VenueScript Rough(int seed) => new(seed, [.. Enum.GetValues<VenueFault>().Where(fault => fault != VenueFault.None)], 0.25);

    /// <summary>This, with every order.</summary>
    public static VenueScript Always(VenueFault fault) => new(0, [fault], 1);

    public VenueFault Next() => _random.NextDouble() < share ? faults[_random.Next(faults.Count)] : VenueFault.None;
}
