using QuantDash.Core.Hosting;
using QuantDash.Core.Strategies;
using QuantDash.Core.Strategies.Sandbox;

namespace QuantDash.Web.Adapters.Strategies;

/// <summary>Runs a strategy in its process for a host that must not wait: events are written down and queued, a thread of its own carries them over one by one and hands the answers back.</summary>
/// <remarks>Events come on the host's thread. Of ticks of one instrument only the latest waits; everything else is told, in order, or the strategy is ended for not keeping up.</remarks>
internal sealed class StrategyRunner : IStrategy, IDisposable
{
    /// <summary>Characters of a stack or of what was printed last: it is read on a phone too.</summary>
    private const int LongestReason = 1500;

    private readonly StrategyRemote _remote;
    private readonly StrategyProgram _program;
    private readonly IStrategyAnswers _answers;
#pragma warning disable CA2213 // Both end with the thread that uses them: disposing of them here would pull them from under it.
    private readonly EventQueue _queue = new();
    private volatile StrategyProcess? _process;
#pragma warning restore CA2213 // Of these two alone.

    public StrategyRunner(string name, ParameterValues values, StrategyProgram program, IStrategyAnswers answers)
    {
        (_remote, _program, _answers) = (new(name, values.Texts, looksForOrders: true), program, answers);
        new Thread(Carry) { IsBackground = true, Name = $"strategy {name}" }.Start();
    }

    public void OnStart(IStrategyContext context) => Send(_remote.Start(context), EventKind.Start);

    public void OnTick(IStrategyContext context, IStrategyInstrument instrument, in StrategyTick tick)
    {
        if (_remote.HearsTicks) _queue.AddTick(instrument, _remote.Tick(context, instrument, tick).ToArray());
    }

    public void OnBar(IStrategyContext context, IStrategyInstrument instrument, in StrategyBar bar)
    {
        if (_remote.HearsBars) Send(_remote.Bar(context, instrument, bar));
    }

    public void OnOrder(IStrategyContext context, StrategyOrder order)
    {
        if (_remote.HearsOrders) Send(_remote.Order(context, order));
    }

    public void OnFill(IStrategyContext context, in StrategyFill fill)
    {
        if (_remote.HearsFills) Send(_remote.Fill(context, fill));
    }

    public void OnTimer(IStrategyContext context, string name)
    {
        if (_remote.HearsTimers) Send(_remote.Timer(context, name));
    }

    public void OnStop(IStrategyContext context) => Send(_remote.Stop(context), EventKind.Stop);

    /// <summary>Without waiting: one that was told to stop has its time for that, any other is ended at once.</summary>
    public void Dispose()
    {
        if (_queue.Close()) return;
        _ = Task.Run(() => _process?.Kill());
    }

    private void Send(ReadOnlyMemory<byte> request, EventKind kind = EventKind.Other)
    {
        if (_queue.Add(request.ToArray(), kind)) return;
        Fail($"It does not keep up: {EventQueue.Most} events wait.");
        _ = Task.Run(() => _process?.Kill());
    }

    private void Carry()
    {
        using var queue = _queue;
        try
        {
            using var process = _program.StartLive();
            _process = process;
            var wishes = new AnsweredWishes(_answers);
            while (queue.Take() is { } happening)
            {
                var remark = _remote.Read(process.Ask(happening.Request), wishes);
                if (happening.Kind == EventKind.Start) _remote.Hear(remark);
                if (happening.Kind == EventKind.Stop) return;
            }
        }
        catch (StrategyGuestException guest)
        {
            Fail($"{guest.Message}\n{Beginning(guest.Stack)}");
        }
        catch (StrategyProcessException gone)
        {
            Fail(gone.LogTail.Length > 0 ? $"{gone.Message}\n{End(gone.LogTail)}" : gone.Message);
        }
        catch (Exception nonsense)
        {
            Fail($"What it answered makes no sense: {nonsense.Message}"); // Whatever it is: thrown on, it would end our own process.
        }
    }

    private static string Beginning(string text) => text.Length > LongestReason ? text[..LongestReason] + "…" : text;

    private static string End(string text) => text.Length > LongestReason ? "…" + text[^LongestReason..] : text;

    private void Fail(string reason)
    {
        if (_queue.End()) _answers.Fail(reason);
    }
}
