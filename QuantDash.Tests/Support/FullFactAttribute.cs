namespace QuantDash.Tests.Support;

/// <summary>A fact that takes minutes; skipped unless all numbers are asked for (<see cref="Profile"/>).</summary>
public sealed class FullFactAttribute : FactAttribute
{
    public FullFactAttribute() => Skip = Profile.IsFull ? null : "takes minutes: ./test.sh --full";
}
