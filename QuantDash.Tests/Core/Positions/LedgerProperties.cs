using FsCheck;
using FsCheck.Fluent;
using QuantDash.Core.Instruments;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using static QuantDash.Tests.Core.Positions.PositionSamples;

namespace QuantDash.Tests.Core.Positions;

public sealed class LedgerProperties
{
    private static readonly Contract[] Contracts = [Ta(), Silver(), Rebar()];

    /// <summary>Whatever is traded, marked, settled, paid in or locked: equity is what the cash of every trade says, counted 逐笔 and 逐日 alike, and a
    /// restart shows the same funds.</summary>
    [Fact]
    public void Equity_OverRandomDays_IsCashAndPosition()
        => Prop.ForAll((int[] codes) =>
        {
            var life = new Life();
            foreach (var step in codes.Chunk(3).Where(chunk => chunk.Length == 3))
            {
                life.Do(Math.Abs(step[0]), Math.Abs(step[1]), Math.Abs(step[2]));
                life.Check();
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithEndSize(240));

    [Fact]
    public void OpenThenClose_LeavesNothingButTheResult()
        => Prop.ForAll((PositiveInt volume, int move, bool isLong) =>
        {
            var ta = Ta();
            var books = new TestBooks(1_000_000m, ta);
            var side = isLong ? Side.Long : Side.Short;
            books.Open(ta, side, volume.Get, 5400);
            books.Close(ta, side, volume.Get, 5400 + (2 * move));
            var funds = books.Funds;
            books.Ledger.Symbols.ShouldBeEmpty();
            funds.Margin.ShouldBe(0m);
            funds.Equity.ShouldBe(1_000_000m + (2 * move * volume.Get * 5m * side.Sign()) - (3m * volume.Get));
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Lock_OneToOne_HasTheSameProfitAtEveryPrice()
        => Prop.ForAll((PositiveInt volume, int opposite, int mark) =>
        {
            var ta = Ta();
            var books = new TestBooks(1_000_000m, ta);
            books.Open(ta, Side.Long, volume.Get, 5400);
            books.Open(ta, Side.Short, volume.Get, 5400 + (2 * opposite));
            books.Mark(ta, 5400 + (2 * Math.Abs(mark)));
            books.Funds.FloatingPnl.ShouldBe(2 * opposite * volume.Get * 5m);
            books.Settle((ta, 5400));
            books.Funds.HoldingPnl.ShouldBe(0m, "a pair held overnight earns nothing more");
        }).Check(Config.QuickThrowOnFailure);

    /// <summary>Books that random numbers act upon, with the cash of every trade counted beside them.</summary>
    private sealed class Life
    {
        private readonly TestBooks _books = new(1_000_000m, Contracts);
        private readonly Dictionary<Symbol, decimal> _marks = [];
        private readonly List<LotBinding> _bindings = [];
        private decimal _cash = 1_000_000m;

        public Life() => Array.ForEach(Contracts, contract => Mark(contract, 5000));

        public void Do(int kind, int size, int place)
        {
            var contract = Contracts[place % Contracts.Length];
            var side = (Side)(place / 3 % 2);
            var price = 5000m + (contract.PriceTick * ((place % 41) - 20));
            switch (kind % 8)
            {
                case 0 or 1: Open(contract, side, 1 + (size % 5), price); break;
                case 2 or 3: Close(contract, side, 1 + (size % 5), price); break;
                case 4: Mark(contract, price); break;
                case 5: Deposit((size % 200) - 100); break;
                case 6: _books.Settle([.. Contracts.Select(c => (c, 5000m + (c.PriceTick * ((size % 21) - 10))))]); break;
                default: Bind(contract, side, size); break;
            }
        }

        public void Check()
        {
            var funds = _books.Funds;
            var position = Contracts.Sum(c => (Held(c, Side.Long) - Held(c, Side.Short)) * _marks[c.Symbol] * c.Multiplier);
            funds.Equity.ShouldBe(_cash + position);
            funds.Equity.ShouldBe(funds.Deposits + funds.RealisedPnl + funds.FloatingPnl - funds.Fees);
            funds.Equity.ShouldBe(funds.StaticEquity + funds.CashFlowToday + funds.ClosePnlToday + funds.HoldingPnl - funds.FeesToday);
            funds.Available.ShouldBe(funds.Equity - funds.Margin);
            Restarted().Funds().ShouldBe(funds);
        }

        private AccountLedger Restarted()
        {
            var lots = Contracts.SelectMany(c => _books.Ledger.Leg(c.Symbol, Side.Long).Lots.Concat(_books.Ledger.Leg(c.Symbol, Side.Short).Lots)).Reverse();
            var again = new AccountLedger(PositionSamples.Account, _books.Ledger.Balances, lots, _books.Find, TestBooks.TermsOn);
            foreach (var contract in Contracts) again.Mark(contract.Symbol, (long)(_marks[contract.Symbol] / contract.PriceTick));
            foreach (var (contract, side) in Contracts.SelectMany(c => (IEnumerable<(Contract, Side)>)[(c, Side.Long), (c, Side.Short)]))
                again.Leg(contract.Symbol, side).Lots.ShouldBe(_books.Ledger.Leg(contract.Symbol, side).Lots);
            return again;
        }

        private void Open(Contract contract, Side side, decimal volume, decimal price)
        {
            var fee = _books.Open(contract, side, volume, price).Accounting.Fee;
            _cash -= (side.Sign() * price * volume * contract.Multiplier) + fee;
        }

        private void Close(Contract contract, Side side, decimal wanted, decimal price)
        {
            var leg = _books.Ledger.Leg(contract.Symbol, side);
            foreach (var part in OffsetPlanner.PlanClose(leg, new Volume(wanted), contract.Product.Terms[0]))
            {
                var fee = _books.Close(contract, side, part.Volume.Value, price, part.Offset).Accounting.Fee;
                _cash += (side.Sign() * price * part.Volume.Value * contract.Multiplier) - fee;
            }
        }

        private void Mark(Contract contract, decimal price)
        {
            _books.Mark(contract, price);
            _marks[contract.Symbol] = price;
        }

        private void Deposit(decimal amount)
        {
            _books.Ledger.Deposit(_books.Flow(amount));
            _cash += amount;
        }

        private void Bind(Contract contract, Side side, int size)
        {
            if (size % 3 == 0) _books.Ledger.ReleaseLots(_bindings);
            else _bindings.AddRange(_books.Ledger.BindLots(contract.Symbol, side, new Volume(size % 4)).Bindings);
        }

        private decimal Held(Contract contract, Side side) => _books.Ledger.Leg(contract.Symbol, side).Volume.Value;
    }
}
