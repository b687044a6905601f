using System.Threading.Channels;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Web.Supervision;

namespace QuantDash.Web.Live;

/// <summary>Takes ticks off the trading thread without making it wait and hands them in batches to files and charts. Should those fall far behind, the
/// newest ticks are left out and counted: decisions come before pictures of them.</summary>
public sealed class TickTap(IEnumerable<ITickSink> sinks, TimeProvider clock, ILogger<TickTap> log) : ISupervisedLoop, ITickRecorder
{
    private const int Capacity = 65_536;
    private const int LargestBatch = 4096;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan IdlePace = TimeSpan.FromSeconds(1);

    private readonly ITickSink[] _sinks = [.. sinks];
    private readonly Channel<RecordedTick> _channel = Channel.CreateBounded<RecordedTick>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private long _leftOut;

    /// <summary>Ticks that reached neither file nor chart.</summary>
    public long LeftOut => Interlocked.Read(ref _leftOut);

    public string ServiceName => "tick_recorder";

    // One batch to a slow disk.
    public TimeSpan? LongestTurn => TimeSpan.FromSeconds(30);

    public void Record(Source source, Contract contract, SessionWindow window, in Tick tick, bool held)
    {
        if (!_channel.Writer.TryWrite(new(source, contract, window, tick, held))) Interlocked.Increment(ref _leftOut);
    }

    public async Task RunAsync(LoopPulse pulse, CancellationToken stop)
    {
        var batch = new List<RecordedTick>(LargestBatch);
        var idleAt = clock.GetUtcNow();
        try
        {
            while (!stop.IsCancellationRequested)
            {
                pulse.Beat();
                if (!Drain(batch)) await Task.Delay(Pace, clock, stop);
                if (clock.GetUtcNow() < idleAt) continue;
                idleAt = clock.GetUtcNow() + IdlePace;
                Each(sink => sink.Idle(clock.GetUtcNow()));
            }
        }
        finally
        {
            while (Drain(batch))
            {
                // What had come before the stop is kept.
            }
        }
    }

    private bool Drain(List<RecordedTick> batch)
    {
        batch.Clear();
        while (batch.Count < LargestBatch && _channel.Reader.TryRead(out var tick)) batch.Add(tick);
        if (batch.Count == 0) return false;
        Each(sink => sink.Take(batch));
        return batch.Count == LargestBatch;
    }

    /// <summary>One sink that breaks must not take the others' ticks away.</summary>
    private void Each(Action<ITickSink> action)
    {
        foreach (var sink in _sinks)
        {
            try
            {
                action(sink);
            }
            catch (Exception e)
            {
                log.LogError(e, "{Sink} could not take ticks", sink.GetType().Name);
            }
        }
    }
}
