using FsCheck;
using FsCheck.Fluent;
using QuantDash.Core.Backtesting;
using QuantDash.Core.Instruments;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Core.Positions;

namespace QuantDash.Tests.Core.Backtesting;

/// <summary>The books of backtests and those of live accounts say the same after the same trades.</summary>
public sealed class BacktestLedgerProperties
{
    private const decimal Cash = 1_000_000m;

    public static TheoryData<string> Contracts => ["TA", "silver", "rebar", "perpetual"];

    [Theory]
    [MemberData(nameof(Contracts))]
    public void Ledger_OverRandomTrades_EqualsTheAccountLedger(string name)
    {
        var contract = name switch
        {
            "TA" => PositionSamples.Ta(),
            "silver" => PositionSamples.Silver(),
            "rebar" => PositionSamples.Rebar(),
            _ => BacktestSamples.Perpetual().Contract,
        };
        Prop.ForAll((int[] codes) =>
        {
            var both = new Both(contract);
            foreach (var step in codes.Chunk(3).Where(chunk => chunk.Length == 3)) both.Do(Math.Abs(step[0] % 1000), Math.Abs(step[1] % 1000), Math.Abs(step[2] % 1000));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150).WithEndSize(200));
    }

    private sealed class Both
    {
        private readonly Contract _contract;
        private readonly TestBooks _books;
        private readonly BacktestLedger _ledger;
        private readonly BlockLog<BacktestTrade> _trades = new();
        private long _mark = 5_000;
        private int _bar;

        public Both(Contract contract)
        {
            _contract = contract;
            _books = new(Cash, contract);
            var terms = contract.Product.Terms[0];
            _ledger = new(contract, Cash);
            _ledger.SetTerms(terms, terms.Fees);
            Mark(_mark);
        }

        public void Do(int kind, int size, int place)
        {
            var side = (Side)(place % 2);
            var ticks = 5_000 + (place % 41) - 20;
            var price = _contract.PriceAt(ticks).Value;
            decimal volume = 1 + (size % 5);
            switch (kind % 8)
            {
                case 0 or 1 or 2:
                    _books.Open(_contract, side, volume, price);
                    _ledger.Open(side, ticks, Steps(volume), _ledger.OpeningFee(ticks, Steps(volume), asMaker: false), _bar, 1);
                    break;
                case 3 or 4:
                    foreach (var part in OffsetPlanner.PlanClose(_books.Ledger.Leg(_contract.Symbol, side), new Volume(volume), _ledger.Terms))
                    {
                        _books.Close(_contract, side, part.Volume.Value, price, part.Offset);
                        _ledger.Close(side, OffsetPlanner.Takes(part.Offset, _ledger.Terms), ticks, Steps(part.Volume.Value), asMaker: false, _bar, 2, _trades);
                    }
                    break;
                case 5:
                    _books.Settle((_contract, price));
                    _ledger.Settle(ticks);
                    break;
                default:
                    Mark(ticks);
                    break;
            }
            _bar++;
            Check();
        }

        private long Steps(decimal volume) => (long)(volume / _contract.VolumeStep);

        private void Mark(long ticks)
        {
            _mark = ticks;
            _books.Mark(_contract, _contract.PriceAt(ticks).Value);
        }

        private void Check()
        {
            var funds = _books.Funds;
            _ledger.EquityAt(_mark).ShouldBe(funds.Equity!.Value);
            _ledger.MarginAt(_mark).ShouldBe(funds.Margin);
            _ledger.Fees.ShouldBe(funds.Fees);
            _ledger.Realised.ShouldBe(funds.RealisedPnl);
            (_ledger.EquityBase + (_ledger.EquityPerTick * _mark)).ShouldBe((double)funds.Equity.Value, 0.0001);
            foreach (var leg in (BacktestLeg[])[_ledger.Long, _ledger.Short])
            {
                var live = _books.Ledger.Leg(_contract.Symbol, leg.Side);
                (leg.Steps, leg.Today, leg.FeeToday).ShouldBe((Steps(live.Volume.Value), Steps(live.TodayVolume.Value), Steps(live.FeeTodayVolume.Value)));
            }
            _trades.Sum(t => t.Pnl).ShouldBe(funds.RealisedPnl);
            (_trades.Sum(t => t.Fee) + _ledger.Long.Lots.Concat(_ledger.Short.Lots).Sum(l => l.Fee)).ShouldBe(funds.Fees, 0.0000001m);
        }
    }
}
