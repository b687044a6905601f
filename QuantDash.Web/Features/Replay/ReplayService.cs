using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Security;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Replay;

/// <summary>Plays stored ticks on sources whose ticks are the clock: the same rules, the same code, another day.</summary>
public sealed class ReplayService : IAsyncDisposable
{
    private const int MostRemembered = 50;
    private readonly Lock _gate = new();
    private readonly ITickArchive _archive;
    private readonly TimeProvider _clock;
    private readonly ILogger<ReplayService> _log;
    private readonly Func<SourceName, IReadOnlyList<SymbolTick>, CancellationToken, Task<TickBatchResult>> _push;
    private readonly Dictionary<Guid, Playing> _replays = [];

    public ReplayService(
        ITickArchive archive, TimeProvider clock, ILogger<ReplayService> log,
        Func<SourceName, IReadOnlyList<SymbolTick>, CancellationToken, Task<TickBatchResult>> push) =>
        (_archive, _clock, _log, _push) = (archive, clock, log, push);

    /// <summary>Newest first.</summary>
    public IReadOnlyList<ReplayStatus> Replays
    {
        get { lock (_gate) return [.. _replays.Values.Select(p => p.Replay.Status.Current).OrderByDescending(s => s.StartedAt)]; }
    }

    /// <summary>Null: no such replay.</summary>
    public LiveState<ReplayStatus>? Find(Guid id) => Lookup(id)?.Replay.Status;

    /// <summary>Starts playing. Problems: <c>no_ticks</c> when nothing is stored, <c>in_use</c> while another replay plays on that source.</summary>
    public Outcome<ReplayStatus> Start(ReplayRequest request)
    {
        Acting.Demand(Scopes.Trade);
        var ticks = Load(request);
        if (ticks.Count == 0) return Outcome<ReplayStatus>.Failure("trading_day", "no_ticks", request.From, request.TradingDay);
        var start = new ReplayStatus
        {
            Id = Guid.NewGuid(), Request = request, State = ReplayState.Playing, Speed = request.Speed, StartedAt = _clock.GetUtcNow(), Total = ticks.Count,
            Begin = ticks[0].Tick.Timestamp, End = ticks[^1].Tick.Timestamp,
        };
        lock (_gate)
        {
            if (_replays.Values.Any(p => p.Replay.Status.Current is { IsOver: false } s && s.Request.To == request.To))
                return Outcome<ReplayStatus>.Failure("to", "in_use", request.To);
            Forget();
            var replay = new Replay(start, ticks, _clock, _push);
            var stop = new CancellationTokenSource();
            _replays[start.Id] = new(replay, stop, Task.Run(() => RunAsync(replay, stop.Token)));
        }

        return Outcome<ReplayStatus>.Success(start);
    }

    public Outcome<ReplayStatus> Pause(Guid id) => Do(id, replay => replay.Pause());

    public Outcome<ReplayStatus> Resume(Guid id) => Do(id, replay => replay.Resume());

    public Outcome<ReplayStatus> SetSpeed(Guid id, double? speed) => Do(id, replay => replay.SetSpeed(speed));

    /// <summary>Forwards only. Problem <c>seek_backwards</c>.</summary>
    public Outcome<ReplayStatus> Seek(Guid id, DateTimeOffset at)
    {
        var ahead = false;
        var outcome = Do(id, replay => ahead = replay.Seek(at));
        return outcome.Succeeded && !ahead ? Outcome<ReplayStatus>.Failure("at", "seek_backwards", at, outcome.Value.Position) : outcome;
    }

    /// <summary>Ends it; completes once the last tick it pushed has been taken.</summary>
    public async Task<Outcome<ReplayStatus>> StopAsync(Guid id)
    {
        Acting.Demand(Scopes.Trade);
        if (Lookup(id) is not { } playing) return Unknown(id);
        await playing.Stop.CancelAsync();
        await playing.Run;
        return Outcome<ReplayStatus>.Success(playing.Replay.Status.Current);
    }

    public async ValueTask DisposeAsync()
    {
        Playing[] all;
        lock (_gate) all = [.. _replays.Values];
        foreach (var playing in all)
        {
            await playing.Stop.CancelAsync();
            await playing.Run;
            playing.Stop.Dispose();
        }
    }

    private async Task RunAsync(Replay replay, CancellationToken stop)
    {
        try
        {
            await replay.RunAsync(stop);
        }
        catch (OperationCanceledException)
        {
            replay.End(ReplayState.Stopped, null);
        }
        catch (Exception e)
        {
            _log.LogError(e, "Replay of {Day} failed", replay.Status.Current.Request.TradingDay);
            replay.End(ReplayState.Failed, e.Message);
        }
    }

    /// <summary>The day's ticks of all symbols in order of time; those of one symbol stay in their own order.</summary>
    private List<SymbolTick> Load(ReplayRequest request) =>
    [
        .. from day in _archive.Days(request.From)
           where day.TradingDay == request.TradingDay && (request.Symbols.Count == 0 || request.Symbols.Contains(day.Symbol))
           let name = day.Symbol.ToString()
           from tick in _archive.Read(day.Source, day.Symbol, day.TradingDay)
           orderby tick.OccurredAt
           select new SymbolTick(name, RawTick.Of(tick, day.PriceTick)),
    ];

    private Outcome<ReplayStatus> Do(Guid id, Action<Replay> action)
    {
        Acting.Demand(Scopes.Trade);
        if (Lookup(id) is not { } playing) return Unknown(id);
        if (playing.Replay.Status.Current.IsOver) return Outcome<ReplayStatus>.Failure("id", "already_final", playing.Replay.Status.Current.State);
        action(playing.Replay);
        return Outcome<ReplayStatus>.Success(playing.Replay.Status.Current);
    }

    private Playing? Lookup(Guid id)
    {
        lock (_gate) return _replays.GetValueOrDefault(id);
    }

    private void Forget()
    {
        foreach (var old in _replays.Where(p => p.Value.Replay.Status.Current.IsOver).OrderBy(p => p.Value.Replay.Status.Current.StartedAt).SkipLast(MostRemembered))
        {
            _replays.Remove(old.Key);
            old.Value.Stop.Dispose();
        }
    }

    private static Outcome<ReplayStatus> Unknown(Guid id) => Outcome<ReplayStatus>.Failure("id", "unknown_replay", id);

    private sealed record Playing(Replay Replay, CancellationTokenSource Stop, Task Run);
}
