using System.Globalization;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Price alerts: kept, looked at with every tick of continuous trading that the gate let in, and told. What was crossed while we were off is told once, and said to be that.</summary>
internal sealed class AlertDesk(ChangeLog changes, MarketBook market, IIdentitySource ids)
{
    public const int Most = 1000;
    private const int MostTold = 100;
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(1);
    private readonly Dictionary<Guid, (PriceAlert Alert, SymbolLane Lane)> _waiting = [];
    private readonly List<PriceAlert> _told = [];
    private readonly List<(PriceAlert Alert, long Level)> _concerned = [];
    private IReadOnlyList<PriceAlert>? _views;

    /// <summary>All that wait, and the latest that were told; newest first.</summary>
    public IReadOnlyList<PriceAlert> Views() => _views ??= [.. _waiting.Values.Select(entry => entry.Alert).Concat(_told).OrderByDescending(a => a.CreatedAt).ThenByDescending(a => a.Id)];

    public Outcome<PriceAlert> Create(AlertRequest request, DateTimeOffset now)
    {
        if (market.Find(request.Source) is not { } source) return Outcome<PriceAlert>.Failure("source", "unknown_source", request.Source.Value);
        if (market.Lane(source, request.Symbol, now) is not { } lane) return Outcome<PriceAlert>.Failure("symbol", "unknown_symbol", request.Symbol.ToString());
        if (_waiting.Count >= Most) return Outcome<PriceAlert>.Failure("symbol", "too_many_alerts", Most);
        if (LevelOf(request.Level, lane, out var level) is { } wrong) return Outcome<PriceAlert>.Failure([wrong]);
        var at = source.Now(now);
        var alert = new PriceAlert
        {
            Id = ids.Next(), Source = request.Source, Symbol = request.Symbol, Level = request.Level, Direction = request.Direction, Repeats = request.Repeats, Note = request.Note, CreatedAt = at, UpdatedAt = at,
        };
        return Outcome<PriceAlert>.Success(Hold(AsItStands(alert, lane, level), level, lane));
    }

    /// <summary>The same alert at another price, armed anew; one that was told for good waits again.</summary>
    public Outcome<PriceAlert> Move(Guid id, Price price, DateTimeOffset now)
    {
        if (Known(id) is not { } alert) return Unknown(id);
        if (market.Find(alert.Source) is not { } source || market.Lane(source, alert.Symbol, now) is not { } lane) return Unknown(id);
        if (LevelOf(price, lane, out var level) is { } wrong) return Outcome<PriceAlert>.Failure([wrong]);
        var moved = AsItStands(alert with { Level = price, State = AlertState.Armed, UpdatedAt = source.Now(now) }, lane, level);
        _told.Remove(alert);
        return Outcome<PriceAlert>.Success(Hold(moved, level, lane, alert));
    }

    public Outcome<PriceAlert> Delete(Guid id)
    {
        if (Known(id) is not { } alert) return Unknown(id);
        if (_waiting.Remove(id, out var entry)) entry.Lane.Alerts!.Remove(id);
        _told.Remove(alert);
        _views = null;
        changes.Add(new JournalChange.AlertDeleted(alert));
        return Outcome<PriceAlert>.Success(alert);
    }

    public void Restore(PriceAlert alert, DateTimeOffset now)
    {
        _views = null;
        if (alert.State == AlertState.Told)
        {
            _told.Add(alert);
        }
        else if (market.Find(alert.Source) is { } source && market.Lane(source, alert.Symbol, now) is { } lane && LevelOf(alert.Level, lane, out var level) is null)
        {
            _waiting[alert.Id] = (alert, lane);
            lane.Alerts ??= new();
            lane.Alerts.Unseen.Add(alert.Id);
            lane.Alerts.Set(alert, level);
        }
    }

    /// <summary>A price that concerns some of them.</summary>
    public void OnTick(SymbolLane lane, AlertLane alerts, DateTimeOffset now)
    {
        _concerned.AddRange(alerts.All);
        foreach (var (alert, level) in _concerned) Look(lane, alerts, alert, level, now);
        _concerned.Clear();
        alerts.Refresh();
    }

    private void Look(SymbolLane lane, AlertLane alerts, PriceAlert alert, long level, DateTimeOffset now)
    {
        var last = lane.Last.LastTicks;
        var isReached = alert.IsReached(last, level);
        var isFirst = alerts.Unseen.Remove(alert.Id);
        if (alert.State == AlertState.Away)
        {
            if (!isReached && (alert.ToldAt is not { } told || now - told >= Apart)) Hold(alert with { State = AlertState.Armed, UpdatedAt = now }, level, lane, alert);
        }
        else if (isReached)
        {
            Tell(lane, alert, level, lane.Contract.PriceAt(last), isFirst ? "alert.reached_while_off" : "alert.reached", now);
        }
        else if (isFirst && RestartWatch.ReachedWhileOff(lane) is var (high, low) && (alert.Direction == AlertDirection.Above ? high >= level : low <= level))
        {
            Tell(lane, alert, level, lane.Contract.PriceAt((alert.Direction == AlertDirection.Above ? high : low)!.Value), "alert.reached_while_off", now, isBack: true);
        }
    }

    private void Tell(SymbolLane lane, PriceAlert alert, long level, Price price, string key, DateTimeOffset now, bool isBack = false)
    {
        var told = alert with
        {
            State = !alert.Repeats ? AlertState.Told : isBack ? AlertState.Armed : AlertState.Away, Times = alert.Times + 1, ToldAt = now, ToldPrice = price, UpdatedAt = now,
        };
        changes.Tell(now, TapeSeverity.Warning, key, new(Symbol: alert.Symbol, Id: alert.Id), alert.Direction == AlertDirection.Above ? "above" : "below", Text(alert.Level), Text(price), alert.Note is { Length: > 0 } note ? $" · {note}" : "");
        Hold(told, level, lane, alert);
    }

    private PriceAlert Hold(PriceAlert alert, long level, SymbolLane lane, PriceAlert? before = null)
    {
        changes.Add(new JournalChange.AlertSaved(alert, before));
        _views = null;
        lane.Alerts ??= new();
        if (alert.State != AlertState.Told)
        {
            _waiting[alert.Id] = (alert, lane);
            lane.Alerts.Set(alert, level);
            return alert;
        }
        _waiting.Remove(alert.Id);
        lane.Alerts.Remove(alert.Id);
        _told.Add(alert);
        if (_told.Count > MostTold) _told.RemoveAt(0);
        return alert;
    }

    /// <summary>An alert is a crossing: where the price is beyond the level already, it has to come back first.</summary>
    private static PriceAlert AsItStands(PriceAlert alert, SymbolLane lane, long level) =>
        lane.HasTick && alert.IsReached(lane.Last.LastTicks, level) ? alert with { State = AlertState.Away, ToldAt = null } : alert;

    private static Problem? LevelOf(Price price, SymbolLane lane, out long level)
    {
        level = 0;
        if (price.Value <= 0) return new("price", "not_positive", price.Value);
        return lane.Contract.TryTicks(price, out level) ? null : PriceCheck.OffTick(price, lane.Contract, "price");
    }

    private PriceAlert? Known(Guid id) => _waiting.TryGetValue(id, out var entry) ? entry.Alert : _told.Find(alert => alert.Id == id);

    private static Outcome<PriceAlert> Unknown(Guid id) => Outcome<PriceAlert>.Failure("id", "unknown_alert", id);

    private static string Text(Price price) => price.Value.ToString("0.##########", CultureInfo.InvariantCulture);
}
