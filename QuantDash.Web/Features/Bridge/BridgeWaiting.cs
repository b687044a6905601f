using QuantDash.Core.Engine;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Bridge;

/// <summary>Programs that wait for commands: one an account. A second one at the same time is refused, because an order must not reach two counters; the same program's
/// next question ends the one before, whose link was cut on one side only.</summary>
public sealed class BridgeWaiting(TradingRuntime runtime, ITraderLease lease, TimeProvider clock)
{
    private static readonly TimeSpan BetweenWantedSnapshots = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private readonly Dictionary<AccountId, BridgeSeat> _seats = [];
    private int _open;

    /// <summary>Questions of programs that wait for their answer at this moment.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Takes the place of the one program of the account; null: another one has it.</summary>
    /// <param name="account">Whose commands.</param>
    /// <param name="program">Its name; null: none, and nobody knows whether it is the same.</param>
    public BridgeSeat? Enter(AccountId account, string? program)
    {
        lock (_gate)
        {
            if (_seats.TryGetValue(account, out var taken))
            {
                if (program is null || taken.Program != program) return null;
                taken.End();
            }
            return _seats[account] = new(program, seat => Leave(account, seat));
        }
    }

    /// <summary>What there is to do, handed out by whoever is the trader at this very moment: a process that was paused since it decided would hand out what another does
    /// by now. What is held back here is handed out again after five seconds. Answered at once: an order is in the queue only when its intent is durable, and a cancel must reach the counter while
    /// the disk is full, too.</summary>
    public async Task<Outcome<BridgeHandOut>> TakeAsync(AccountId account, bool another, CancellationToken stop, long? after = null)
    {
        var taken = await runtime.RunNowAsync((engine, now) => engine.TakeCommands(account, another, now, after), stop);
        if (!taken.Succeeded || taken.Value.Items.Count == 0 || await lease.ConfirmAsync(stop)) return taken;
        return Outcome<BridgeHandOut>.Success(taken.Value with { Items = [], IsNews = false });
    }

    /// <summary>Answers as soon as there is something to do, at the latest after <paramref name="patience"/>.</summary>
    public async Task<Outcome<BridgeHandOut>> WaitAsync(AccountId account, TimeSpan patience, CancellationToken stop, long? after = null)
    {
        Interlocked.Increment(ref _open);
        try
        {
            return await AnswerAsync(account, patience, after, stop);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task<Outcome<BridgeHandOut>> AnswerAsync(AccountId account, TimeSpan patience, long? after, CancellationToken stop)
    {
        var until = clock.GetTimestamp();
        while (true)
        {
            var taken = await TakeAsync(account, another: false, stop, after);
            if (!taken.Succeeded || taken.Value.IsNews) return taken;
            var left = (taken.Value.IsShut && patience > BetweenWantedSnapshots ? BetweenWantedSnapshots : patience) - clock.GetElapsedTime(until);
            if (left <= TimeSpan.Zero) return taken;
            try
            {
                await taken.Value.Changed.WaitAsync(left, clock, stop);
            }
            catch (TimeoutException)
            {
                return await TakeAsync(account, another: false, stop);
            }
        }
    }

    private void Leave(AccountId account, BridgeSeat seat)
    {
        lock (_gate)
        {
            if (_seats.GetValueOrDefault(account) == seat) _seats.Remove(account);
        }
    }
}

/// <summary>The place of the one program that waits.</summary>
public sealed class BridgeSeat(string? program, Action<BridgeSeat> leave) : IDisposable
{
    private readonly CancellationTokenSource _ended = new();

    public string? Program => program;

    /// <summary>The same program asks anew.</summary>
    public CancellationToken Ended => _ended.Token;

    internal void End() => _ended.Cancel();

    public void Dispose()
    {
        leave(this);
        _ended.Dispose();
    }
}
