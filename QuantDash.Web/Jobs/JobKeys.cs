using System.Globalization;
using Quartz;

namespace QuantDash.Web.Jobs;

/// <summary>How ids and plans are written in Quartz: a job's group is its name, so that one on two arguments is two jobs of one group.</summary>
internal static class JobKeys
{
    /// <summary>Whose wish a queued run is, in its trigger's data.</summary>
    public const string AskedBy = "asked_by";
    private const string NoArgument = "-";
    private const string Planned = "planned";
    private const string Queued = "queued";

    public static JobKey Of(JobId id) => new(id.Argument.Length == 0 ? NoArgument : id.Argument, id.Name);

    public static JobId Of(JobKey key) => Of(key.Group, key.Name);

    public static JobId Of(string group, string name) => new(group, name == NoArgument ? "" : name);

    /// <summary>The trigger that carries a job's schedule.</summary>
    public static TriggerKey PlannedOf(string name) => new(Planned, name);

    public static bool IsPlanned(TriggerKey key) => key.Name == Planned;

    /// <summary>The trigger of a run that somebody asked for: one id has one, which is how the second who asks joins the first.</summary>
    public static TriggerKey QueuedOf(JobId id) => new(id.Argument.Length == 0 ? Queued : $"{Queued}.{id.Argument}", id.Name);

    /// <summary>Execution groups: which processes take a trigger.</summary>
    public static string GroupOf(JobPlace place) => place == JobPlace.Trader ? "trader" : "anywhere";

    public static IJobDetail Detail(JobPlan plan, JobId id) => JobBuilder.Create<JobShell>()
        .WithIdentity(Of(id)).DisallowConcurrentExecution().RequestRecovery(plan.ResumeAfterKill).StoreDurably(id.Argument.Length == 0).Build();

    public static ITrigger Queue(JobPlan plan, JobId id, string askedBy, DateTimeOffset at) => Common(plan, id)
        .WithIdentity(QueuedOf(id)).StartAt(at)
        .UsingJobData(SchedulerConstants.ManualTrigger, "true").UsingJobData(AskedBy, askedBy)
        .WithSimpleSchedule(s => s.WithMisfireInstruction(SimpleTriggerMisfireInstruction.FireNow))
        .Build();

    /// <summary>Null where there is no schedule.</summary>
    public static ITrigger? Plan(JobPlan plan, DateTimeOffset now)
    {
        var trigger = Common(plan, new(plan.Name)).WithIdentity(PlannedOf(plan.Name));
        return plan.Schedule switch
        {
            // What is due for the first time need not wait a day, and not hold up the start either.
            JobSchedule.Interval every => trigger.StartAt(now + (every.Time < TimeSpan.FromMinutes(1) ? every.Time : TimeSpan.FromMinutes(1)))
                .WithSimpleSchedule(s => s.WithInterval(every.Time).RepeatForever().WithMisfireInstruction(
                    plan.Missed == MissedTime.Skip ? SimpleTriggerMisfireInstruction.NextWithRemainingCount : SimpleTriggerMisfireInstruction.NowWithRemainingCount))
                .Build(),
            JobSchedule.Daily daily => trigger.StartAt(now)
                .WithCronSchedule(CronOf(daily), s => s.InTimeZone(TimeZoneInfo.Utc).WithMisfireInstruction(
                    plan.Missed == MissedTime.Skip ? CronTriggerMisfireInstruction.DoNothing : CronTriggerMisfireInstruction.FireAndProceed))
                .Build(),
            _ => null,
        };
    }

    /// <summary>Whether a stored trigger says what the plan says now.</summary>
    public static bool Says(ITrigger stored, ITrigger planned) => (stored, planned) switch
    {
        (ISimpleTrigger a, ISimpleTrigger b) => a.RepeatInterval == b.RepeatInterval && a.MisfireInstruction == b.MisfireInstruction && Same(stored, planned),
        (ICronTrigger a, ICronTrigger b) => a.CronExpressionString == b.CronExpressionString && a.MisfireInstruction == b.MisfireInstruction && Same(stored, planned),
        _ => false,
    };

    private static bool Same(ITrigger stored, ITrigger planned) => Equals(stored.RetryPolicy, planned.RetryPolicy) && stored.ExecutionGroup == planned.ExecutionGroup;

    private static string CronOf(JobSchedule.Daily daily) => string.Create(CultureInfo.InvariantCulture, $"0 {daily.Utc.Minute} {daily.Utc.Hour} * * ?");

    private static TriggerBuilder<IJob> Common(JobPlan plan, JobId id)
    {
        var trigger = TriggerBuilder.Create().ForJob(Of(id)).WithExecutionGroup(GroupOf(plan.Place));
        return plan.Retries > 0 ? trigger.WithRetryPolicy(RetryPolicy.Exponential(plan.Retries, plan.FirstPause)) : trigger;
    }
}
