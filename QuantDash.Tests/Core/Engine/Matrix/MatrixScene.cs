using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine.Matrix;

/// <summary>What another table changes of the scene.</summary>
internal sealed record MatrixVariant
{
    public Func<LockRule, LockRule> Adapt { get; init; } = static rule => rule;
    public ContractCatalog? Catalog { get; init; }

    /// <summary>Where the next trading day opens.</summary>
    public decimal NextDayPrice { get; init; } = 5500;
    public Symbol Symbol { get; init; } = Symbol.Create("CZCE", "TA2701");

    /// <summary>Lots of the leg that were opened on an earlier trading day.</summary>
    public decimal Earlier { get; init; }

    /// <summary>What the account has where its order is to be refused.</summary>
    public decimal PoorBalance { get; init; } = 40_000m;

    /// <summary>The trader declines what is asked.</summary>
    public bool Declines { get; init; }
}

/// <summary>Plays one cell against the real engine, ledger and simulated venue on a source that goes by the wall clock: 10 lots of PTA at 5500, a rule
/// whose level is 20 away (whose moment is two seconds away), 0.8 of the leg (a stop: all of it).</summary>
internal sealed class MatrixScene
{
    private const decimal Entry = 5500;
    private const int SecondsAfterwards = 14;

    /// <summary>Longer than a quote is fresh: a moment that passed earlier is no news, and asks.</summary>
    private static readonly TimeSpan OffAtTheMoment = TimeSpan.FromMinutes(1);

    private readonly EngineHarness _harness;
    private readonly MatrixVariant _variant;
    private readonly MatrixCell _cell;
    private readonly AccountId _account;
    private DateTimeOffset _clock = EngineHarness.Wall;
    private string _asks = "—";

    private MatrixScene(MatrixCell cell, MatrixVariant variant)
    {
        (_cell, _variant, _harness) = (cell, variant, new(catalog: variant.Catalog));
        _account = _harness.Account(cell.Venue == MatrixVenue.Refused ? variant.PoorBalance : 10_000_000m, SourceClock.Wall);
    }

    private int Sign => _cell.Side.Sign();

    /// <summary>The price that fires: 20 against a stop, 20 in favour otherwise (a trailing rule falls back to it from 40; a time rule finds it there at its moment).</summary>
    private decimal FiringPrice => Entry + (20 * Sign * (_cell.Condition == ConditionKind.Stop ? -1 : 1));

    public static MatrixRow Play(MatrixCell cell, MatrixVariant? variant = null)
    {
        var scene = new MatrixScene(cell, variant ?? new());
        if (scene.Arm() is { } refused) return MatrixRow.Refused(refused);
        scene.Fire();
        scene.Afterwards();
        return scene.Observe();
    }

    /// <returns>Why the rule was refused; null: it is armed.</returns>
    private string? Arm()
    {
        Tick(Entry);
        if (_cell.Side == Side.Long) _harness.Hold(_account, _variant.Symbol, longVolume: 10, longPrice: Entry, earlier: _variant.Earlier);
        else _harness.Hold(_account, _variant.Symbol, shortVolume: 10, shortPrice: Entry, earlier: _variant.Earlier);
        var saved = _harness.Engine.SaveRule(_variant.Adapt(MatrixRules.Of(_cell, _account, Entry) with { Symbol = _variant.Symbol }), EngineHarness.Wall);
        _harness.Commit();
        if (!saved.Succeeded) return $"refused: {saved.Problems[0].Code}";
        Tick(Entry);
        if (_cell.Condition == ConditionKind.Trailing) Tick(Entry + (40 * Sign));
        return null;
    }

    private void Fire()
    {
        if (_cell.Restart == MatrixRestart.WhileCrossing)
        {
            if (_cell.Condition == ConditionKind.Time) _clock += OffAtTheMoment;
            Restart();
        }
        var isHeldBack = _cell.Restart == MatrixRestart.BeforeSending;
        Tick(FiringPrice, isCommitted: !isHeldBack);
        Click(isCommitted: !isHeldBack);
        if (_cell.Restart is MatrixRestart.BeforeSending or MatrixRestart.AfterAnswer) Restart();
        if (isHeldBack) Tick(FiringPrice);
    }

    /// <summary>The venue had its say: a fill takes nothing more, anything else runs away a tick a second.</summary>
    private void Afterwards()
    {
        for (var i = 1; i <= SecondsAfterwards; i++) Tick(FiringPrice - (_cell.Venue == MatrixVenue.Full ? 0 : 2 * i * Sign), hasTakers: false);
    }

    private MatrixRow Observe()
    {
        var triggers = Triggers();
        triggers.ShouldNotBeEmpty(_cell.Key);
        var orders = MatrixWords.Orders(_harness.Journal.Changes.OfType<JournalChange.OrderSaved>().Select(change => change.Order), [.. triggers.Select(trigger => trigger.Id)]);
        var (legs, state, rule) = Now();
        var message = string.Join("; ", triggers.Select(trigger => trigger.ErrorMessage ?? trigger.ExecutionResult ?? "—"));
        _clock = new(2026, 11, 20, 13, 5, 0, TimeSpan.Zero);
        Tick(_variant.NextDayPrice);
        var (nextLegs, nextState, nextRule) = Now();
        return new(triggers[0].TriggerCondition, _asks, orders, legs, state, rule, message, $"{nextLegs}; {nextState}; {nextRule}");
    }

    private List<LockTrigger> Triggers() => [.. _harness.Snapshot.Triggers.OrderBy(trigger => trigger.TriggeredAt).ThenBy(trigger => trigger.Id)];

    private (string Legs, string Trigger, string Rule) Now()
    {
        var position = _harness.Snapshot.Accounts[0].Positions[0];
        return (
            $"{position.Long.Volume} long, {position.Short.Volume} short, {(_cell.Side == Side.Long ? position.Long : position.Short).LockedVolume} locked",
            string.Join(", ", Triggers().Select(trigger => $"{trigger.Status} {trigger.FilledVolume}/{trigger.LockVolume}")),
            _harness.Snapshot.Rules[0].State.State.ToString());
    }

    private void Click(bool isCommitted)
    {
        if (_harness.Snapshot.Triggers is not [{ Status: TriggerStatus.WaitingConfirm } waiting]) return;
        _asks = $"{waiting.LockVolume} lots at {waiting.TriggerPrice}";
        var answered = _variant.Declines ? _harness.Engine.CancelTrigger(waiting.Id, _clock) : _harness.Engine.ConfirmTrigger(waiting.Id, waiting.TriggerPrice, force: false, _clock);
        answered.Problems.ShouldBeEmpty(_cell.Key);
        if (isCommitted) _harness.Commit();
    }

    /// <summary>kill -9: only what was written down is left.</summary>
    private void Restart() => _harness.Restart(DurableState.After(_harness.Journal.Batches, _harness.Journal.Last), _clock);

    private void Tick(decimal price, bool hasTakers = true, bool isCommitted = true)
    {
        _clock = _clock.AddSeconds(1);
        var volume = !hasTakers || _cell.Venue == MatrixVenue.NoFill ? (double?)null : _cell.Venue == MatrixVenue.Partial ? 3 : 100;
        var raw = MatrixRules.Tick(_clock, (double)price, _cell.Side, volume);
        _harness.Engine.OnTick(_harness.Source, _variant.Symbol, raw, _clock).ShouldBe(TickReject.None, _cell.Key);
        if (!isCommitted) return;
        _harness.Engine.OnTimer(_clock);
        _harness.Commit();
    }
}
