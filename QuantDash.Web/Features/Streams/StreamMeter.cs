using System.Diagnostics.Metrics;
using QuantDash.Web.Configuration;

namespace QuantDash.Web.Features.Streams;

/// <summary>What programs listen to.</summary>
public enum StreamKind { Market, Alerts, Live }

/// <summary>Counts streams that are open, messages that were sent, and listeners that were let go because they were too slow.</summary>
public sealed class StreamMeter
{
    private readonly Counter<long> _messages;
    private readonly Counter<long> _slow;
    private readonly int[] _open = new int[Enum.GetValues<StreamKind>().Length];

    public StreamMeter(IMeterFactory meters)
    {
        var meter = meters.QuantDash();
        meter.CreateObservableGauge(
            "quantdash.streams.open", () => Enum.GetValues<StreamKind>().Select(kind => new Measurement<long>(Volatile.Read(ref _open[(int)kind]), Label(kind))), null, "Streams that programs listen to, by what they tell.");
        _messages = meter.CreateCounter<long>("quantdash.streams.messages", null, "Messages sent to programs that listen, by stream.");
        _slow = meter.CreateCounter<long>("quantdash.streams.closed.slow", null, "Streams that were closed because their listener did not keep up, by stream.");
        foreach (var kind in Enum.GetValues<StreamKind>())
        {
            _messages.Add(0, Label(kind));
            _slow.Add(0, Label(kind));
        }
    }

    public IDisposable Open(StreamKind kind) => new Opened(this, kind);

    public void Sent(StreamKind kind) => _messages.Add(1, Label(kind));

    public void ClosedSlow(StreamKind kind) => _slow.Add(1, Label(kind));

    private static KeyValuePair<string, object?> Label(StreamKind kind) => new("stream", Api.WireNames<StreamKind>.Of(kind));

    private sealed class Opened : IDisposable
    {
        private readonly StreamMeter _meter;
        private readonly StreamKind _kind;

        public Opened(StreamMeter meter, StreamKind kind)
        {
            (_meter, _kind) = (meter, kind);
            Interlocked.Increment(ref _meter._open[(int)kind]);
        }

        public void Dispose() => Interlocked.Decrement(ref _meter._open[(int)_kind]);
    }
}
