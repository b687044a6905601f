namespace QuantDash.Web.Features.Streams;

/// <summary>New at every start: numbers of quotes count within it, and say nothing in another.</summary>
public sealed class StreamEpoch
{
    public string Value { get; } = Guid.NewGuid().ToString("N");
}

/// <summary>Where a program wants to go on: the last number it has seen, and the epoch it was counted in.</summary>
public readonly record struct StreamPosition(string? Epoch, long Sequence);
