using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Market;

/// <summary>One contract of the watch list, ready to draw.</summary>
public sealed record WatchRow
{
    public required string Symbol { get; init; }
    public required string Name { get; init; }
    public required int Places { get; init; }
    public required decimal Last { get; init; }

    /// <summary>Against the previous settlement; null when the feed does not tell it.</summary>
    public decimal? Change { get; init; }
    public decimal? ChangeRatio { get; init; }
    public required decimal Volume { get; init; }
    public required QuoteHealth Health { get; init; }

    public static WatchRow From(QuoteView quote)
    {
        var settlement = quote.Tick.PreSettlement;
        var last = quote.Last.Value;
        return new()
        {
            Symbol = quote.Contract.Symbol.ToString(),
            Name = quote.Contract.NameOf(),
            Places = quote.Contract.Places(),
            Last = last,
            Change = settlement > 0 ? last - settlement : null,
            ChangeRatio = settlement > 0 ? (last - settlement) / settlement : null,
            Volume = quote.Tick.DayVolume,
            Health = quote.Health,
        };
    }

    public static IReadOnlyList<WatchRow> List(EngineSnapshot snapshot, AccountView account, IReadOnlyList<WatchRow> previous) =>
        RowReuse.Keep(
            previous,
            snapshot.Quotes.Where(q => q.Source == account.Account.Source).Select(From).OrderBy(r => r.Symbol, StringComparer.Ordinal),
            r => r.Symbol);
}

/// <summary>Everything known of one contract now, ready to draw.</summary>
public sealed record QuotePanelView
{
    public required WatchRow Head { get; init; }
    public decimal? Bid { get; init; }
    public decimal? Ask { get; init; }
    public decimal? BidVolume { get; init; }
    public decimal? AskVolume { get; init; }
    public decimal? Open { get; init; }
    public decimal? High { get; init; }
    public decimal? Low { get; init; }
    public decimal? PreSettlement { get; init; }
    public decimal? UpperLimit { get; init; }
    public decimal? LowerLimit { get; init; }
    public decimal? OpenInterest { get; init; }
    public required decimal PriceTick { get; init; }
    public required decimal Multiplier { get; init; }
    public required string Currency { get; init; }
    public required SessionPhase Phase { get; init; }
    public required DateTimeOffset At { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public decimal? HeldSpike { get; init; }

    public static QuotePanelView From(QuoteView quote)
    {
        var tick = quote.Tick;
        var contract = quote.Contract;
        return new()
        {
            Head = WatchRow.From(quote),
            Bid = Price(contract, tick.BidTicks),
            Ask = Price(contract, tick.AskTicks),
            BidVolume = tick.BidTicks > 0 ? tick.BidVolume : null,
            AskVolume = tick.AskTicks > 0 ? tick.AskVolume : null,
            Open = Price(contract, tick.OpenTicks),
            High = Price(contract, tick.HighTicks),
            Low = Price(contract, tick.LowTicks),
            PreSettlement = tick.PreSettlement > 0 ? tick.PreSettlement : null,
            UpperLimit = Price(contract, tick.UpperLimitTicks),
            LowerLimit = Price(contract, tick.LowerLimitTicks),
            OpenInterest = tick.OpenInterest > 0 ? tick.OpenInterest : null,
            PriceTick = contract.PriceTick,
            Multiplier = contract.Multiplier,
            Currency = contract.Currency.Code,
            Phase = quote.Phase,
            At = tick.OccurredAt,
            ReceivedAt = tick.ReceivedAt,
            HeldSpike = quote.HeldSpike?.Value,
        };
    }

    private static decimal? Price(Contract contract, long ticks) => ticks > 0 ? contract.PriceAt(ticks).Value : null;
}
