namespace QuantDash.Web.Jobs;

/// <summary>Where a job may run.</summary>
public enum JobPlace
{
    /// <summary>Only in the process that trades: it needs the engine, or files of that machine.</summary>
    Trader,

    /// <summary>In any process on the database.</summary>
    Anywhere,
}

/// <summary>What becomes of a planned time at which nobody could run it: the machine was off, or asleep.</summary>
public enum MissedTime
{
    /// <summary>The next planned time is soon enough.</summary>
    Skip,

    /// <summary>Once, as soon as possible, however many were missed.</summary>
    RunOnce,
}

/// <summary>What is known about a job before it runs.</summary>
public sealed record JobPlan
{
    public required string Name { get; init; }
    public required JobPlace Place { get; init; }

    /// <summary>Null: only when somebody asks for it.</summary>
    public JobSchedule? Schedule { get; init; }
    public MissedTime Missed { get; init; } = MissedTime.Skip;

    /// <summary>How long after its planned time a missed run is still made up; later it is only written down as missed. Null: however late.</summary>
    public TimeSpan? MakeUpWithin { get; init; }

    /// <summary>How often it is tried again after it failed; pauses double from <see cref="FirstPause"/>.</summary>
    public int Retries { get; init; }
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A run that a kill ended is taken up again, wherever one can.</summary>
    public bool ResumeAfterKill { get; init; } = true;
}

/// <summary>When a job runs by itself.</summary>
public abstract record JobSchedule
{
    private JobSchedule()
    {
    }

    public static JobSchedule Every(TimeSpan interval) => new Interval(interval);

    public static JobSchedule DailyAt(TimeOnly utc) => new Daily(utc);

    /// <summary>The latest planned time up to <paramref name="now"/>; null before the first.</summary>
    /// <param name="now">Of the machine's clock.</param>
    /// <param name="ranBefore">When it ran by its schedule last.</param>
    public abstract DateTimeOffset? LatestPlanned(DateTimeOffset now, DateTimeOffset? ranBefore);

    /// <param name="Time">At least a minute; below that it is a supervised loop.</param>
    public sealed record Interval(TimeSpan Time) : JobSchedule
    {
        public override DateTimeOffset? LatestPlanned(DateTimeOffset now, DateTimeOffset? ranBefore) =>
            ranBefore is { } before && now - before >= Time ? before + ((int)((now - before) / Time) * Time) : null;
    }

    /// <param name="Utc">Once a day at this time.</param>
    public sealed record Daily(TimeOnly Utc) : JobSchedule
    {
        public override DateTimeOffset? LatestPlanned(DateTimeOffset now, DateTimeOffset? ranBefore)
        {
            var today = new DateTimeOffset(DateOnly.FromDateTime(now.UtcDateTime).ToDateTime(Utc), TimeSpan.Zero);
            return today <= now ? today : today.AddDays(-1);
        }
    }
}
