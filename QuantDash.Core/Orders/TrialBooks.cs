using QuantDash.Core.Instruments;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Orders;

/// <summary>A copy of an account's books in which a preview trades one contract.</summary>
internal sealed class TrialBooks(AccountLedger ledger, Contract contract, ContractTerms terms)
{
    private readonly AccountLedger _books = ledger.Copy();
    private int _trades;

    /// <summary>Fees of the trades made here.</summary>
    public decimal Fees { get; private set; }

    /// <summary>逐笔平仓盈亏 of the trades made here; null when an open price is unknown.</summary>
    public decimal? Realised { get; private set; } = 0m;

    public LegBook Leg(Side side) => _books.Leg(contract.Symbol, side);

    public TrialBooks Copy() => new(_books, contract, terms);

    public void Open(Side side, Volume volume, ExpectedFill expected) => Book(side.OpeningOrder(), [new(Offset.Open, volume)], expected);

    /// <summary>Closes free lots with the flags the exchange wants.</summary>
    public void Close(Side side, Volume volume, ExpectedFill expected) => Book(side.ClosingOrder(), OffsetPlanner.PlanClose(Leg(side), volume, terms), expected);

    /// <summary>Closes free lots with the flags the exchange wants, all at one price.</summary>
    public void Close(Side side, Volume volume, Price price)
    {
        foreach (var part in OffsetPlanner.PlanClose(Leg(side), volume, terms)) Book(side.ClosingOrder(), part.Offset, new(part.Volume, price, IsMaker: false));
    }

    /// <summary>Trades the orders one after another.</summary>
    public void Book(OrderSide side, IReadOnlyList<PlannedOffset> offsets, ExpectedFill expected)
    {
        var trades = expected.Trades();
        foreach (var part in offsets)
            foreach (var trade in trades.Take(part.Volume)) Book(side, part.Offset, trade);
    }

    /// <param name="first">Bound lots that are closed before any other.</param>
    public void Book(OrderSide side, Offset offset, ExpectedTrade trade, IReadOnlyList<LotBinding>? first = null)
    {
        if (trade.Volume.IsZero) return;
        var fill = new Fill
        {
            TradeId = $"preview-{++_trades}",
            AccountId = _books.Account.Id,
            Symbol = contract.Symbol,
            TradingDay = _books.TradingDay ?? DateOnly.MaxValue,
            Side = side,
            Offset = offset,
            Price = trade.Price,
            Volume = trade.Volume,
            IsMaker = trade.IsMaker,
            OccurredAt = DateTimeOffset.MaxValue,
        };
        var accounting = _books.Book(fill, contract, terms, includeLocked: first is not null, first).Accounting;
        Fees += accounting.Fee;
        if (offset != Offset.Open) Realised += accounting.RealisedPnl;
    }

    public decimal? CostOf(IEnumerable<LotBinding> bindings) => _books.CostOf(bindings);

    public decimal? CostOfOldestFree(Side side, Volume volume)
    {
        var trial = _books.Copy();
        var bound = trial.BindLots(contract.Symbol, side, volume);
        return bound.Volume == volume ? trial.CostOf(bound.Bindings) : null;
    }

    public PreviewState State()
    {
        var funds = _books.Funds();
        var net = Leg(Side.Long).Volume.Value - Leg(Side.Short).Volume.Value;
        return new()
        {
            Equity = funds.Equity,
            Margin = funds.Margin,
            MarginWithoutRelief = MarginCalculator.BothSides(_books.Margins()),
            Available = funds.Available,
            RiskRatio = funds.RiskRatio,
            NetVolume = net,
            MoneyPerTick = net * contract.Multiplier * contract.PriceTick,
        };
    }
}
