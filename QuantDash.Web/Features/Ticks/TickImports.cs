using System.Threading.Channels;
using QuantDash.Core.Markets;
using QuantDash.Web.Live;
using QuantDash.Web.Security;
using QuantDash.Web.Supervision;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Ticks;

/// <summary>Imports one after another in the background; each can be watched and cancelled. Closing the page changes nothing.</summary>
public sealed class TickImports(TickImporter importer, TimeProvider clock, ILogger<TickImports> log) : ISupervisedLoop
{
    private const int MostRemembered = 50;
    private readonly Lock _gate = new();
    private readonly Channel<Job> _queue = Channel.CreateUnbounded<Job>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<Guid, CancellationTokenSource> _running = [];

    /// <summary>Newest first.</summary>
    public LiveState<IReadOnlyList<TickImportProgress>> Board { get; } = new([]);

    public TickImportProgress? Find(Guid id) => Board.Current.FirstOrDefault(p => p.Id == id);

    /// <summary>Queues an import of <paramref name="path"/>.</summary>
    /// <param name="deleteAfterwards">The file is an upload of ours.</param>
    public TickImportProgress Start(TickImportRequest request, Source source, string path, bool deleteAfterwards)
    {
        var progress = new TickImportProgress { Id = Guid.NewGuid(), Request = request, State = TickImportState.Queued, StartedAt = clock.GetUtcNow() };
        lock (_gate) _running[progress.Id] = new();
        Publish(progress);
        _queue.Writer.TryWrite(new(progress, source, path, deleteAfterwards));
        return progress;
    }

    /// <summary>False when there is no such import, or it is over.</summary>
    public bool Cancel(Guid id)
    {
        Acting.Demand(Scopes.Bridge);
        lock (_gate)
        {
            if (!_running.TryGetValue(id, out var stop)) return false;
            stop.Cancel();
            return true;
        }
    }

    public string ServiceName => "tick_imports";

    public async Task RunAsync(LoopPulse pulse, CancellationToken stop)
    {
        await foreach (var job in _queue.Reader.ReadAllAsync(stop))
        {
            pulse.Beat();
            CancellationTokenSource cancel;
            lock (_gate) cancel = _running[job.Progress.Id];
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, cancel.Token);
            var end = await RunAsync(job, either.Token);
            lock (_gate) _running.Remove(job.Progress.Id);
            cancel.Dispose();
            Publish(end with { EndedAt = clock.GetUtcNow() });
            if (job.DeleteAfterwards) File.Delete(job.Path);
        }
    }

    private async Task<TickImportProgress> RunAsync(Job job, CancellationToken stop)
    {
        var latest = job.Progress with { State = TickImportState.Running };
        try
        {
            stop.ThrowIfCancellationRequested();
            Publish(latest);
            await using var file = File.OpenRead(job.Path);
            return await importer.RunAsync(latest, job.Source, file, Report, stop);
        }
        catch (OperationCanceledException)
        {
            return latest with { State = TickImportState.Cancelled };
        }
        catch (Exception e)
        {
            log.LogError(e, "Import of {File} failed", job.Progress.Request.FileName);
            return latest with { State = TickImportState.Failed, Problems = [new("file", "import_failed", e.Message)] };
        }

        void Report(TickImportProgress progress) => Publish(latest = progress);
    }

    private void Publish(TickImportProgress progress)
    {
        lock (_gate)
        {
            var others = Board.Current.Where(p => p.Id != progress.Id);
            Board.Publish([.. others.Append(progress).OrderByDescending(p => p.StartedAt).Take(MostRemembered)]);
        }
    }

    private sealed record Job(TickImportProgress Progress, Source Source, string Path, bool DeleteAfterwards);
}
