using System.Globalization;
using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Problems;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Replay;

/// <summary>The verb <c>replay</c>: plays a stored day and prints what fired, with the ticks that decided.</summary>
public sealed class ReplayCommand(ReplayService service, TradingRuntime runtime, TimeProvider clock)
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    /// <summary>0: played to the end; 1: refused, stopped or failed.</summary>
    public async Task<int> RunAsync(ReplayRequest request, TextWriter output, CancellationToken stop)
    {
        if (ReplayTarget.Check(runtime.Snapshots.Current, request.To) is { } wrong) return await RefuseAsync(output, [wrong]);
        var before = (await SnapshotAsync(stop)).Triggers.Select(trigger => trigger.Id).ToHashSet();
        var started = service.Start(request);
        if (!started.Succeeded) return await RefuseAsync(output, started.Problems);

        var end = await WatchAsync(started.Value.Id, output, stop);
        var after = await SnapshotAsync(CancellationToken.None);
        foreach (var trigger in after.Triggers.Where(t => !before.Contains(t.Id) && HearsFrom(after, t, request.To)).OrderBy(t => t.TickTimestamp).ThenBy(t => t.TriggeredAt))
            await output.WriteLineAsync(Line(trigger));
        await output.WriteLineAsync(Invariant($"{end.State}: {end.Played} of {end.Total} ticks, {end.Accepted} accepted, {end.Rejected} rejected {end.Error}").TrimEnd());
        return end.State == ReplayState.Finished ? 0 : 1;
    }

    private async Task<ReplayStatus> WatchAsync(Guid id, TextWriter output, CancellationToken stop)
    {
        var status = service.Find(id)!;
        try
        {
            await foreach (var now in status.WatchAsync(Pace, clock, stop))
            {
                await output.WriteLineAsync(Invariant($"{now.Progress:P0} {now.Position:yyyy-MM-dd HH:mm:ss.fff}").TrimEnd());
                if (now.IsOver) break;
            }
        }
        catch (OperationCanceledException)
        {
            await service.StopAsync(id);
        }

        return status.Current;
    }

    /// <summary>Asked on the trading thread, so that everything played is in it.</summary>
    private Task<EngineSnapshot> SnapshotAsync(CancellationToken stop) => runtime.RunAsync((engine, now) => engine.Snapshot(now), stop);

    private static bool HearsFrom(EngineSnapshot snapshot, LockTrigger trigger, SourceName source) =>
        snapshot.Accounts.Any(view => view.Account.Id == trigger.AccountId && view.Account.Source == source);

    private static string Line(LockTrigger t) => Invariant(
        $"{t.TickTimestamp.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {t.Symbol} {t.Direction} {t.Condition} at {t.TriggerPrice.Value}: {t.TriggerCondition}, {t.Status} {t.FilledVolume.Value} of {t.LockVolume.Value}");

    private static async Task<int> RefuseAsync(TextWriter output, IReadOnlyList<Problem> problems)
    {
        foreach (var problem in problems)
            await output.WriteLineAsync($"{problem.Field}: {ProblemSentences.Write(problem, RequestLanguage.Nearest(CultureInfo.CurrentUICulture))}");
        return 1;
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
