using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Orders;

/// <summary>Lock, close or hold: what each costs beside its fees (PEERS.md 4). Margin that stays tied up, a gap it stays open to, and the way back to the position one had.</summary>
/// <param name="Closed">The books when the volume is closed: the margin of every other choice is counted from there.</param>
/// <param name="Volume">What is locked or closed.</param>
internal sealed record ChoiceCosts(Contract Contract, ContractTerms Terms, Tick Tick, Volume Volume, PreviewState? Closed)
{
    public PreviewChoice Of(PreviewChoice choice) => choice with
    {
        MarginPerDay = choice.After?.Margin - Closed?.Margin,
        GapLoss = choice.After is { } after ? GapLoss(after) : null,
        ReturnCost = choice.Kind switch
        {
            PreviewChoiceKind.Lock => Last is { } price ? TradeFees.Close(Terms.Fees, Contract, price, Volume.Zero, Volume) + Spread : null,
            PreviewChoiceKind.Close => Last is { } price ? TradeFees.Open(Terms.Fees, Contract, price, Volume) + Spread : null,
            PreviewChoiceKind.Nothing => 0m,
        },
    };

    private Price? Last => Tick.LastTicks > 0 ? Contract.PriceAt(Tick.LastTicks) : null;

    /// <summary>Out at one side of the book and back at the other.</summary>
    private decimal? Spread => Tick is { BidTicks: > 0, AskTicks: > 0 } ? Contract.MoneyOf(new((Tick.AskTicks - Tick.BidTicks) * Contract.PriceTick), Volume).Amount : null;

    private decimal? GapLoss(PreviewState after) => after.MoneyPerTick == 0m ? 0m : -Math.Abs(after.MoneyPerTick) * GapTicks(down: after.MoneyPerTick > 0m);

    private decimal? GapTicks(bool down)
    {
        var limit = down ? Tick.LowerLimitTicks : Tick.UpperLimitTicks;
        if (limit > 0 && Tick.LastTicks > 0) return Math.Max(0, down ? Tick.LastTicks - limit : limit - Tick.LastTicks);
        return Terms.PriceLimit is { } share && Last is { } price ? decimal.Floor(price.Value * share.Value / Contract.PriceTick) : null;
    }
}
