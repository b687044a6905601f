namespace QuantDash.Web.Configuration;

/// <summary>The section <c>QuantDash:Streams</c>: how many streams programs may listen to at once.</summary>
public sealed class StreamOptions
{
    public const int Largest = 10_000;

    /// <summary>Of one key or one person, 1 to <see cref="Largest"/>.</summary>
    public int MostPerCaller { get; set; } = 100;

    /// <summary>Of all together, 1 to <see cref="Largest"/>.</summary>
    public int MostTogether { get; set; } = 500;

    public IEnumerable<string> Mistakes()
    {
        if (MostPerCaller is < 1 or > Largest) yield return $"QuantDash:Streams:MostPerCaller is {MostPerCaller}: use 1 to {Largest}";
        if (MostTogether is < 1 or > Largest) yield return $"QuantDash:Streams:MostTogether is {MostTogether}: use 1 to {Largest}";
    }
}
