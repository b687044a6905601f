using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Market;

/// <summary>One line of the watch list, ready to draw.</summary>
public sealed record WatchRow
{
    /// <summary>What is watched, as the address says it: a contract or a product's main one.</summary>
    public required string Entry { get; init; }

    /// <summary>The contract that is meant now; empty while a product has no main one.</summary>
    public required string Symbol { get; init; }
    public required string Name { get; init; }
    public required int Places { get; init; }
    public decimal? Last { get; init; }

    /// <summary>Against the previous settlement; null when the feed does not tell it.</summary>
    public decimal? Change { get; init; }
    public decimal? ChangeRatio { get; init; }
    public decimal? Volume { get; init; }
    public decimal? OpenInterest { get; init; }
    public decimal? Bid { get; init; }
    public decimal? Ask { get; init; }
    public decimal? High { get; init; }
    public decimal? Low { get; init; }
    public decimal? UpperLimit { get; init; }
    public decimal? LowerLimit { get; init; }

    /// <summary>To the second: the age counts by itself.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>Null before the first tick.</summary>
    public QuoteHealth? Health { get; init; }
    public bool IsMain { get; init; }
    public bool IsListed { get; init; }
    public bool Selected { get; init; }

    public static WatchRow From(QuoteView quote)
    {
        var (contract, tick) = (quote.Contract, quote.Tick);
        var settlement = tick.PreSettlement;
        var last = quote.Last.Value;
        return new()
        {
            Entry = contract.Symbol.ToString(),
            Symbol = contract.Symbol.ToString(),
            Name = contract.NameOf(),
            Places = contract.Places(),
            Last = last,
            Change = settlement > 0 ? last - settlement : null,
            ChangeRatio = settlement > 0 ? (last - settlement) / settlement : null,
            Volume = tick.DayVolume,
            OpenInterest = tick.OpenInterest > 0 ? tick.OpenInterest : null,
            Bid = PriceOf(contract, tick.BidTicks),
            Ask = PriceOf(contract, tick.AskTicks),
            High = PriceOf(contract, tick.HighTicks),
            Low = PriceOf(contract, tick.LowTicks),
            UpperLimit = PriceOf(contract, tick.UpperLimitTicks),
            LowerLimit = PriceOf(contract, tick.LowerLimitTicks),
            ReceivedAt = tick.ReceivedAt.AddTicks(-(tick.ReceivedAt.Ticks % TimeSpan.TicksPerSecond)),
            Health = quote.Health,
        };
    }

    /// <summary>A line without a price.</summary>
    public static WatchRow Waiting(string entry, Symbol? symbol, Contract? contract) => new()
    {
        Entry = entry, Symbol = symbol?.ToString() ?? "", Name = contract?.NameOf() ?? "", Places = contract?.Places() ?? 0,
    };

    internal static decimal? PriceOf(Contract contract, long ticks) => ticks > 0 ? contract.PriceAt(ticks).Value : null;
}
