using QuantDash.Core.Hosting;
using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;

namespace QuantDash.Core.Engine;

/// <summary>One contract of a hosted strategy: what it sees of it, and what it has in it.</summary>
internal sealed class HostedInstrument(HostedStrategy owner, SymbolLane lane) : IStrategyInstrument
{
    private readonly PriceScale _scale = new(lane.Contract.PriceTick);

    public HostedStrategy Owner { get; } = owner;
    public SymbolLane Lane { get; } = lane;
    public Contract Contract => Lane.Contract;
    public StrategyBook Book { get; set; } = new() { InstanceId = owner.Id, Symbol = lane.Symbol };
    public StrategyBook? SavedBook { get; set; }

    /// <summary>Shortest first.</summary>
    public List<LiveBars> Bars { get; } = [];

    /// <summary>Complete bars that wait for trading to go on.</summary>
    public Queue<StrategyBar> Untold { get; } = [];

    /// <summary>Bars of the shortest length that it was told of in this run.</summary>
    public int BarsTold { get; set; }

    /// <summary>Its orders that are not over, oldest first.</summary>
    public List<HostedOrder> Working { get; } = [];

    /// <summary>The net position it moves to as soon as none of its orders works any more; null: to none.</summary>
    public decimal? Target { get; set; }

    /// <summary>The trader moves it there, not the strategy.</summary>
    public bool MovesByHost { get; set; }

    /// <summary>The last price of the day before, to value the new one by.</summary>
    public long LastSeenTicks { get; set; }

    /// <summary>Close of a bar of the past while those are told; 0: now.</summary>
    public long PastTicks { get; set; }

    public Symbol Symbol => Lane.Symbol;
    public decimal PriceTick => Contract.PriceTick;
    public decimal Multiplier => Contract.Multiplier;
    public decimal VolumeStep => Contract.VolumeStep;
    public Currency Currency => Contract.Currency;
    public bool HoldsBothSides => Contract.Product.HoldsBothSides;
    public long LastTicks => PastTicks > 0 ? PastTicks : Lane.Last.LastTicks;
    public long? BidTicks => PastTicks == 0 && Lane.Last.BidTicks > 0 ? Lane.Last.BidTicks : null;
    public long? AskTicks => PastTicks == 0 && Lane.Last.AskTicks > 0 ? Lane.Last.AskTicks : null;
    public StrategyLeg Long => Of(Book.Long);
    public StrategyLeg Short => Of(Book.Short);
    public decimal Net => Book.Net;
    public IReadOnlyList<StrategyOrder> WorkingOrders => [.. Working.Select(hosted => hosted.Order)];
    public PriceScale Scale => _scale;

    /// <summary>At the latest price; null before the first, unless it holds nothing.</summary>
    public decimal? FloatingPnl => Book.IsFlat ? 0m : Lane.LastPrice is { } last ? Book.FloatingAt(last.Value, Multiplier) : null;

    public double PriceOf(long ticks) => _scale.PriceOf(ticks);

    public decimal FloorVolume(decimal volume) => decimal.Floor(volume / VolumeStep) * VolumeStep;

    private static StrategyLeg Of(StrategyBookLeg leg) => new(leg.Volume, leg.Today, leg.AverageOpenPrice);
}
