using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;

namespace QuantDash.Core.Backtesting;

/// <summary>The one contract of a run as its strategy sees it.</summary>
internal sealed class BacktestInstrument(Contract contract, PriceScale scale, BacktestLedger ledger, List<StrategyOrder> working) : IStrategyInstrument
{
    public Symbol Symbol => contract.Symbol;
    public decimal PriceTick => contract.PriceTick;
    public decimal Multiplier => contract.Multiplier;
    public decimal VolumeStep => contract.VolumeStep;
    public Currency Currency => contract.Currency;
    public bool HoldsBothSides => contract.Product.HoldsBothSides;
    public long LastTicks { get; internal set; }
    public DateTimeOffset? MorningOpen { get; private set; }
    public long? BidTicks => null;
    public long? AskTicks => null;
    public StrategyLeg Long => Of(ledger.Long);
    public StrategyLeg Short => Of(ledger.Short);
    public decimal Net => ledger.NetSteps * VolumeStep;
    public IReadOnlyList<StrategyOrder> WorkingOrders => [.. working.Where(order => order.IsWorking)];

    /// <summary>Where nobody knows the sessions, or they never end, the first bar of a day opens it.</summary>
    public void BeginDay(DateOnly day, long firstBar) =>
        MorningOpen = contract.Product.Sessions.Always ? DateTimeOffset.FromUnixTimeMilliseconds(firstBar) : contract.Product.Sessions.MorningOpen(day);

    public double PriceOf(long ticks) => scale.PriceOf(ticks);

    public decimal FloorVolume(decimal volume) => decimal.Floor(volume / VolumeStep) * VolumeStep;

    private StrategyLeg Of(BacktestLeg leg) =>
        new(leg.Steps * VolumeStep, leg.Today * VolumeStep, leg.Steps == 0 ? null : leg.OpenCost * contract.PriceTick / leg.Steps);
}
