using FsCheck;
using FsCheck.Fluent;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Core.Engine;

/// <summary>However late trades are told, whatever snapshots count of them before, and wherever we are killed in between: the end is that of the same trades told in time.</summary>
public sealed class LateFillProperties
{
    [Fact]
    public void ToldLateInTheirOrder_TheLotsAndTheMoneyAreTheSame()
        => Prop.ForAll((int[] codes) => new Life(inOrder: true).Live(codes)).Check(Config.QuickThrowOnFailure.WithMaxTest(20).WithEndSize(90));

    [Fact]
    public void ToldInAnyOrder_TheVolumesAndTheMoneyAreTheSame()
        => Prop.ForAll((int[] codes) => new Life(inOrder: false).Live(codes)).Check(Config.QuickThrowOnFailure.WithMaxTest(40).WithEndSize(90));

    private sealed class Life(bool inOrder)
    {
        private readonly BridgeScene _scene = new(balance: 1_000_000m);
        private readonly List<ToldTrade> _all = [];
        private readonly List<ToldTrade> _untold = [];
        private readonly Dictionary<Side, decimal> _held = new() { [Side.Long] = 10, [Side.Short] = 0 };

        public void Live(int[] codes)
        {
            foreach (var step in codes.Chunk(3).Where(chunk => chunk.Length == 3)) Do(Math.Abs(step[0] % 1000), Math.Abs(step[1] % 1000), Math.Abs(step[2] % 1000));
            while (_untold.Count > 0) Tell(inOrder ? 0 : _untold.Count / 2);

            var inTime = new BridgeScene(balance: 1_000_000m);
            foreach (var trade in _all)
            {
                inTime.Wait(1);
                inTime.Trades(trade with { Timestamp = inTime.Now });
            }
            if (inOrder) Lots(_scene).ShouldBe(Lots(inTime));
            foreach (var side in _held.Keys) Lots(_scene).Where(lot => lot.Side == side).Sum(lot => lot.Volume).ShouldBe(_held[side], $"{side}");
            var (ours, theirs) = (_scene.Harness.Snapshot.Accounts[0].Funds, inTime.Harness.Snapshot.Accounts[0].Funds);
            ours.Fees.ShouldBe(theirs.Fees);
            if (inOrder) ours.RealisedPnl.ShouldBe(theirs.RealisedPnl);
            (ours.RealisedPnl + Floating(_scene)).ShouldBe(theirs.RealisedPnl + Floating(inTime));
            _scene.Tick(5510);
            inTime.Tick(5510);
            _scene.Harness.Snapshot.Accounts[0].Funds.Equity.ShouldBe(inTime.Harness.Snapshot.Accounts[0].Funds.Equity);
        }

        private void Do(int kind, int size, int place)
        {
            var side = (Side)(place % 2);
            switch (kind % 7)
            {
                case 0 or 1: Trade(side, Offset.Open, 1 + (size % 6), 5480 + (2 * (place % 30))); break;
                case 2 or 3: Trade(side, Offset.Close, Math.Min(1 + (size % 9), _held[side]), 5480 + (2 * (place % 30))); break;
                case 4: Snapshot(); break;
                case 5 when _untold.Count > 0: Tell(inOrder ? 0 : size % _untold.Count); break;
                case 6 when size % 3 == 0: _scene.Restart(); break;
            }
        }

        private void Trade(Side side, Offset offset, decimal volume, decimal price)
        {
            if (volume == 0) return;
            _scene.Wait(1);
            _held[side] += offset == Offset.Open ? volume : -volume;
            var trade = new ToldTrade
            {
                TradeId = $"t{_all.Count}", Symbol = BridgeScene.Pta, Side = offset == Offset.Open ? side.OpeningOrder() : side.ClosingOrder(), Offset = offset,
                Price = new(price), Volume = new(volume), Timestamp = _scene.Now,
            };
            _all.Add(trade);
            _untold.Add(trade);
        }

        private void Tell(int at)
        {
            _scene.Wait(1);
            _scene.Trades(_untold[at]).Value.Booked.ShouldBe(1);
            _untold.RemoveAt(at);
            if (inOrder) _scene.ShouldBalance();
        }

        private void Snapshot()
        {
            _scene.Wait(1);
            var (longs, shorts) = (new Volume(_held[Side.Long]), new Volume(_held[Side.Short]));
            _scene.Harness.Engine.ApplySnapshot(
                new()
                {
                    AccountId = _scene.Account, Timestamp = _scene.Now, Complete = true,
                    Positions = [new() { Symbol = BridgeScene.Pta, LongVolume = longs, LongToday = longs, ShortVolume = shorts, ShortToday = shorts }],
                },
                _scene.Now).Problems.ShouldBeEmpty();
            _scene.Harness.Commit();
            foreach (var side in _held.Keys) Lots(_scene).Where(lot => lot.Side == side).Sum(lot => lot.Volume).ShouldBe(_held[side]);
        }

        private static IReadOnlyList<(Side Side, decimal? Price, decimal Volume)> Lots(BridgeScene scene) =>
        [
            .. DurableState.After(scene.Harness.Journal.Batches, long.MaxValue).Lots.GroupBy(lot => (lot.Side, Price: lot.OpenPrice?.Value))
                .Select(same => (same.Key.Side, same.Key.Price, same.Sum(lot => lot.Volume.Value))).Order(),
        ];

        private static decimal? Floating(BridgeScene scene)
        {
            decimal? floating = 0m;
            foreach (var lot in Lots(scene)) floating += (5500m - lot.Price) * lot.Volume * 5 * lot.Side.Sign();
            return floating;
        }
    }
}
