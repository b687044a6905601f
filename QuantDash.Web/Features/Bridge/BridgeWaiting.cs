using System.Collections.Concurrent;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Bridge;

/// <summary>Programs that wait for commands: one an account. A second one at the same time is refused, because an order must not reach two counters.</summary>
public sealed class BridgeWaiting(TradingRuntime runtime, TimeProvider clock)
{
    private static readonly TimeSpan BetweenWantedSnapshots = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<AccountId, object> _waiting = [];

    /// <summary>Takes the place of the one program of the account; null: it is taken.</summary>
    public IDisposable? Enter(AccountId account)
    {
        var seat = new Seat(this, account);
        return _waiting.TryAdd(account, seat) ? seat : null;
    }

    public Task<Outcome<BridgeHandOut>> TakeAsync(AccountId account, bool another, CancellationToken stop, long? after = null) =>
        runtime.RunAsync((engine, now) => engine.TakeCommands(account, another, now, after), stop);

    /// <summary>Answers as soon as there is something to do, at the latest after <paramref name="patience"/>.</summary>
    public async Task<Outcome<BridgeHandOut>> WaitAsync(AccountId account, TimeSpan patience, CancellationToken stop, long? after = null)
    {
        var until = clock.GetTimestamp();
        while (true)
        {
            var taken = await TakeAsync(account, another: false, stop, after);
            if (!taken.Succeeded || taken.Value.IsNews) return taken;
            var left = (taken.Value.SnapshotWanted && patience > BetweenWantedSnapshots ? BetweenWantedSnapshots : patience) - clock.GetElapsedTime(until);
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

    private sealed class Seat(BridgeWaiting owner, AccountId account) : IDisposable
    {
        public void Dispose() => owner._waiting.TryRemove(new(account, this));
    }
}
