using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;

namespace QuantDash.Web.Features.Market;

/// <summary>Everything known of one contract now, ready to draw.</summary>
public sealed record QuotePanelView
{
    public required WatchRow Head { get; init; }
    public decimal? BidVolume { get; init; }
    public decimal? AskVolume { get; init; }

    /// <summary>Between bid and ask; null without both.</summary>
    public long? SpreadTicks { get; init; }
    public decimal? Open { get; init; }
    public decimal? PreSettlement { get; init; }
    public required decimal PriceTick { get; init; }
    public required decimal Multiplier { get; init; }
    public required string Currency { get; init; }
    public required SessionPhase Phase { get; init; }
    public required DateTimeOffset At { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public decimal? HeldSpike { get; init; }

    /// <summary>The bids' share of what waits at the best prices, 0 to 1; null when nothing does.</summary>
    public decimal? BidShare => BidVolume + AskVolume is > 0 and var all ? BidVolume / all : null;

    public static QuotePanelView From(QuoteView quote)
    {
        var tick = quote.Tick;
        var contract = quote.Contract;
        return new()
        {
            Head = WatchRow.From(quote),
            BidVolume = tick.BidTicks > 0 ? tick.BidVolume : null,
            AskVolume = tick.AskTicks > 0 ? tick.AskVolume : null,
            SpreadTicks = tick is { BidTicks: > 0, AskTicks: > 0 } ? tick.AskTicks - tick.BidTicks : null,
            Open = WatchRow.PriceOf(contract, tick.OpenTicks),
            PreSettlement = tick.PreSettlement > 0 ? tick.PreSettlement : null,
            PriceTick = contract.PriceTick,
            Multiplier = contract.Multiplier,
            Currency = contract.Currency.Code,
            Phase = quote.Phase,
            At = tick.OccurredAt,
            ReceivedAt = tick.ReceivedAt,
            HeldSpike = quote.HeldSpike?.Value,
        };
    }
}
