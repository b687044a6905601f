using System.Globalization;
using QuantDash.Core.Strategies.Sandbox;

namespace QuantDash.Web.Adapters.Strategies;

/// <summary>A strategy's process for whoever waits for each answer. Over its time it is killed, which ends the wait.</summary>
internal sealed class StrategyProcess : IStrategyProcess
{
    /// <summary>For the first answer on top: the runtime starts, the assembly is loaded.</summary>
    private static readonly TimeSpan Starting = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    private readonly StrategyChild _child;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _deadline;
    private readonly ITimer _watch;
    private bool _answered;
    private long _askedAt;

    public StrategyProcess(StrategyProgram program, TimeSpan deadline)
    {
        (_deadline, _clock) = (deadline, program.Clock);
        _child = StrategyChild.Start(program);
        _watch = _clock.CreateTimer(_ => Watch(), null, Pace, Pace);
    }

    public ReadOnlyMemory<byte> Ask(ReadOnlyMemory<byte> request)
    {
        Interlocked.Exchange(ref _askedAt, _clock.GetTimestamp());
        var answer = Exchange(request) ?? throw _child.Gone();
        Interlocked.Exchange(ref _askedAt, 0);
        _answered = true;
        return answer;
    }

    /// <summary>From any thread: whoever waits for an answer waits no more.</summary>
    public void Kill() => _child.Kill(ProcessEnd.Ended, "It was stopped.");

    public void Dispose()
    {
        _watch.Dispose();
        _child.Dispose();
    }

    private ReadOnlyMemory<byte>? Exchange(ReadOnlyMemory<byte> request)
    {
        try
        {
            _child.Frames.Write(request);
            return _child.Frames.Read();
        }
        catch (InvalidDataException)
        {
            _child.Kill(ProcessEnd.Nonsense, "What it answered makes no sense: it was killed.");
            return null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private void Watch()
    {
        var asked = Interlocked.Read(ref _askedAt);
        var allowed = _answered ? _deadline : _deadline + Starting;
        if (asked == 0 || _clock.GetElapsedTime(asked) < allowed) return;
        _child.Kill(ProcessEnd.TooSlow, string.Create(CultureInfo.InvariantCulture, $"It did not answer within {allowed.TotalSeconds:0.###} s: it was killed."));
    }
}
