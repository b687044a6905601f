using System.Runtime.CompilerServices;
using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Benchmarks;
using QuantDash.Tests.Support;
using Xunit.Abstractions;

namespace QuantDash.Tests.Core.Engine.Reliability;

/// <summary>RELIABILITY.md C6 without its hours: what ended long ago is held on to by nothing. The hours, with the process and a browser, are the command `soak`.</summary>
[Trait(Profile.Reliability, "C6")]
public sealed class C6Tests(ITestOutputHelper output)
{
    private const int Watched = 20;
    private static readonly int Rounds = Profile.Number(5_200, 60_000);

    [Fact]
    public void C6_LocksAndUnlocksForLong_WhatEndedIsForgotten()
    {
        var witness = new Witness();
        var desk = new Desk(witness);
        desk.Go(Watched);
        var watched = witness.Take();
        watched.Count.ShouldBeGreaterThan(6 * Watched, "executions, triggers, orders, trades and locks");

        desk.Go(Rounds);

        var (lots, locks) = desk.Open();
        (lots, locks).ShouldBe((1, 0), "the books are as large as they were");
        desk.ShouldBalance();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        watched.Where(one => one.Thing.IsAlive).GroupBy(one => one.Kind).Select(kind => $"{kind.Count()} {kind.Key}").ShouldBeEmpty("held on to");
        GC.KeepAlive(desk);
        output.WriteLine($"{Rounds} locks and unlocks: of the first {Watched}, {watched.Count} things are gone");
    }

    /// <summary>2,000 lots of one contract, and a rule that locks one of them whenever it has rested.</summary>
    private sealed class Desk
    {
        private const decimal Leg = 2_000m;
        private const long Level = 2_700;
        private readonly Witness _journal;
        private readonly TradingEngine _engine;
        private readonly EngineLoad _load;
        private readonly SymbolLane _lane;
        private DateTimeOffset _now = EngineLoad.Start;

        public Desk(Witness journal)
        {
            _journal = journal;
            _engine = EngineLoad.NewEngine(journal);
            _engine.Recover(RecoveredState.Empty, _now);
            _load = new(_engine, SourceClock.Wall, _now);
            _lane = _load.Lanes(1)[0];
            Tick();
            _load.Hold([_lane], Leg, Level);
            _load.Save(_load.Rule(_lane, TriggerType.Price, Leg) with
            {
                TriggerPrice = _lane.Contract.PriceAt(Level), Rearm = RearmMode.Cooldown, RearmCooldown = TimeSpan.FromSeconds(1), RearmAdds = true,
            });
        }

        public void Go(int rounds)
        {
            for (var i = 0; i < rounds; i++)
            {
                Tick();
                _engine.Locks.Unlock(new(_load.AccountId, _lane.Symbol, null, UnlockLegs.Short, null, OrderType.Limit, ShortPrice: _lane.Contract.PriceAt(Level + 5)), _now).Problems.ShouldBeEmpty();
                _journal.CommitTo(_engine);
            }
        }

        /// <summary>Lots of the leg, and locks, as the journal has them.</summary>
        public (int Lots, int Locks) Open() => (_journal.Lots, _engine.Snapshot(_now).Locks.Count(one => one.Status is LockStatus.Active or LockStatus.Broken));

        /// <summary>As sums, since what ended is forgotten here too: the legs and the money are those of the fills, and no order was filled beyond what it asked for.</summary>
        public void ShouldBalance()
        {
            var account = _engine.Snapshot(_now).Accounts.Single();
            var position = account.Positions.ShouldHaveSingleItem();
            var booked = _journal.Booked;
            (position.Long.Volume.Value, position.Short.Volume.Value, position.Long.LockedVolume.Value).ShouldBe((Leg + booked.Long, booked.Short, 0), "position = sum of fills");
            (account.Funds.Fees, account.Funds.RealisedPnl).ShouldBe((booked.Fees, booked.Realised));
            booked.Overfilled.ShouldBe(0);
            booked.Filled.ShouldBe(booked.Traded, "orders are the sum of their fills");
        }

        private void Tick()
        {
            _now = _now.AddSeconds(1.5);
            _engine.OnTick(_lane, EngineLoad.Tick(_lane, Level, _now), _now).ShouldBe(TickReject.None);
            _journal.CommitTo(_engine);
        }
    }

    /// <summary>Forgets every batch, but knows whether others do.</summary>
    private sealed class Witness : IJournal
    {
        private readonly HashSet<Guid> _lots = [];
        private List<(string Kind, WeakReference Thing)>? _seen = [];
        private long _last;

        public event Action<long>? Committed;

        public int Lots => _lots.Count;

        public Sums Booked { get; private set; } = new();

        public void Append(JournalBatch batch)
        {
            _last = batch.Sequence;
            foreach (var change in batch.Changes) See(change);
        }

        public void CommitTo(TradingEngine engine)
        {
            for (long told = 0; told < _last;)
            {
                told = _last;
                Committed?.Invoke(told);
                engine.OnCommitted(told);
            }
        }

        /// <summary>Weakly, everything so far; nothing is watched from here on.</summary>
        public List<(string Kind, WeakReference Thing)> Take()
        {
            var seen = _seen!;
            _seen = null;
            return seen;
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private void See(JournalChange change)
        {
            if (change is JournalChange.LotSaved saved) _lots.Add(saved.Lot.Id);
            else if (change is JournalChange.LotRemoved removed) _lots.Remove(removed.LotId);
            Booked = Booked.With(change);
            if (_seen is null) return;
            switch (change)
            {
                case JournalChange.ExecutionSaved { Execution: var execution }:
                    _seen.Add(("executions", new(execution)));
                    break;
                case JournalChange.TriggerSaved { Trigger: var trigger }:
                    _seen.Add(("triggers", new(trigger)));
                    break;
                case JournalChange.OrderSaved { Order: var order }:
                    _seen.Add(("orders", new(order)));
                    break;
                case JournalChange.FillAdded { Fill: var fill }:
                    _seen.Add(("trades", new(fill)));
                    _seen.Add(("trade ids", new(fill.TradeId)));
                    break;
                case JournalChange.LockSaved { Lock: var held }:
                    _seen.Add(("locks", new(held)));
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>What fills and final orders come to.</summary>
    private sealed record Sums(decimal Long = 0, decimal Short = 0, decimal Fees = 0, decimal Realised = 0, decimal Traded = 0, decimal Filled = 0, int Overfilled = 0)
    {
        public Sums With(JournalChange change) => change switch
        {
            JournalChange.FillAdded { Fill: var fill, Accounting: var accounting } => With(fill) with { Fees = Fees + accounting.Fee, Realised = Realised + (accounting.RealisedPnl ?? 0), Traded = Traded + fill.Volume.Value },
            JournalChange.OrderSaved { Order: { IsFinal: true } order } => this with { Filled = Filled + order.FilledVolume.Value, Overfilled = Overfilled + (order.IsOverfilled ? 1 : 0) },
            _ => this,
        };

        private Sums With(Fill fill)
        {
            var change = fill.Offset == Offset.Open ? fill.Volume.Value : -fill.Volume.Value;
            return fill.LegSide == Side.Long ? this with { Long = Long + change } : this with { Short = Short + change };
        }
    }
}
