namespace QuantDash.Web.Features.Notifications;

/// <summary>How long to leave a receiver alone that failed: twice as long after every failure, or as long as it asked for.</summary>
public sealed class Backoff(TimeProvider clock)
{
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(2);
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>A receiver may ask for more than we would wait, but not for ever.</summary>
    public static readonly TimeSpan LongestAsked = TimeSpan.FromMinutes(10);
    private TimeSpan _pause = Shortest;
    private DateTimeOffset _until;

    public bool IsOver => clock.GetUtcNow() >= _until;

    public void Succeeded() => _pause = Shortest;

    public void Failed(TimeSpan? asked)
    {
        var pause = asked is { } wanted && wanted > _pause ? wanted : _pause;
        _until = clock.GetUtcNow() + (pause > LongestAsked ? LongestAsked : pause);
        _pause = _pause * 2 > Longest ? Longest : _pause * 2;
    }
}
