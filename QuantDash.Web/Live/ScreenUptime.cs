namespace QuantDash.Web.Live;

/// <summary>For how much of the time that pages were open they were connected, all pages together, since our start. One that was left without a word counts as cut off until the server gives it up.</summary>
public sealed class ScreenUptime
{
    private readonly Lock _gate = new();
    private UptimeShare _share;

    public UptimeShare Share
    {
        get { lock (_gate) return _share; }
    }

    /// <summary>One look.</summary>
    public void Count(int open, int connected, TimeSpan passed)
    {
        lock (_gate) _share = _share.With(passed * Math.Min(connected, open), passed * open);
    }
}
