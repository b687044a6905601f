using QuantDash.Core.Engine;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;

namespace QuantDash.Web.Features.Bridge;

/// <summary>One account's program that reads tables. Its question counts as an open poll for <see cref="QuestionHolds"/>; meanwhile commands are written for it as they come.</summary>
internal sealed class BridgeTableReader(AccountId account, IBridgeTables tables, BridgeWaiting waiting, EngineReads reads, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan QuestionHolds = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ContestHolds = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(20);

    private readonly Lock _gate = new();
    private readonly HashSet<ClientOrderId> _written = [];
    private BridgeTableLink? _saved;
    private long? _asksSeen;
    private string? _program;
    private DateTimeOffset? _askedAt;
    private DateTimeOffset? _contestedAt;
    private (IDisposable Seat, CancellationTokenSource Stop, Task Running)? _handingOut;

    /// <param name="bridge">The account's, as published.</param>
    /// <param name="linkUp">Whether orders may go out.</param>
    /// <param name="ask">The program's question; null: no row yet.</param>
    /// <param name="stop">Ends it.</param>
    public async Task TurnAsync(BridgeView bridge, bool linkUp, BridgeTableAsk? ask, CancellationToken stop)
    {
        if (ask is null) _asksSeen ??= 0;
        else await HearAsync(ask, stop);
        var now = clock.GetUtcNow();
        var asks = now - _askedAt < QuestionHolds && (_contestedAt is null || now - _contestedAt >= ContestHolds);
        if (!asks || _handingOut is { Running.IsCompleted: true }) await EndHandingOutAsync();
        if (asks && _handingOut is null) await BeginHandingOutAsync(_program!, stop);
        await EndAnsweredAsync(stop);
        var link = new BridgeTableLink(account, bridge.Epoch, bridge.SnapshotWanted, linkUp, bridge.IsContested, _asksSeen ?? 0);
        if (link == _saved) return;
        await tables.SaveLinkAsync(link, now);
        _saved = link;
    }

    public async ValueTask DisposeAsync() => await EndHandingOutAsync();

    /// <summary>The first look after a start of ours hears nothing: what stands there may be as old as it likes. A question without a name is none.</summary>
    private async Task HearAsync(BridgeTableAsk ask, CancellationToken stop)
    {
        var isNew = _asksSeen is { } seen && seen != ask.Asks;
        _asksSeen = ask.Asks;
        if (!isNew || string.IsNullOrWhiteSpace(ask.Program)) return;
        if (_program is not null && _program != ask.Program) await ContestAsync(stop);
        (_program, _askedAt) = (ask.Program, clock.GetUtcNow());
    }

    private async Task ContestAsync(CancellationToken stop)
    {
        _contestedAt = clock.GetUtcNow();
        await waiting.TakeAsync(account, another: true, stop);
    }

    private async Task BeginHandingOutAsync(string program, CancellationToken stop)
    {
        if (waiting.Enter(account, null) is not { } seat)
        {
            // Somebody polls or holds the socket.
            await ContestAsync(stop);
            return;
        }
        var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _handingOut = (seat, end, HandOutAsync(program, end.Token));
    }

    private async Task EndHandingOutAsync()
    {
        if (_handingOut is not var (seat, end, running)) return;
        _handingOut = null;
        await end.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // What was taken and not written is handed out again after five seconds.
        end.Dispose();
        seat.Dispose();
    }

    private async Task HandOutAsync(string program, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var taken = await waiting.WaitAsync(account, Pace, stop);
            if (!taken.Succeeded) return;
            if (taken.Value.Items.Count == 0) continue;
            await tables.WriteAsync(taken.Value.Epoch, program, taken.Value.Items, clock.GetUtcNow());
            lock (_gate) _written.UnionWith(taken.Value.Items.Select(command => command.Order.Id));
        }
    }

    /// <summary>Rows whose command is over: answered, or taken back because the link was cut.</summary>
    private async Task EndAnsweredAsync(CancellationToken stop)
    {
        List<ClientOrderId> written;
        lock (_gate) written = [.. _written];
        if (written.Count == 0) return;
        var now = (await reads.SnapshotAsync(stop)).Accounts.FirstOrDefault(view => view.Account.Id == account)?.Bridge;
        var open = now is null or { IsShut: true } ? [] : now.Commands.Select(command => command.Order.Id).ToHashSet();
        var over = written.Where(id => !open.Contains(id)).ToList();
        if (over.Count == 0) return;
        await tables.EndAsync(over, clock.GetUtcNow());
        lock (_gate) _written.ExceptWith(over);
    }
}
