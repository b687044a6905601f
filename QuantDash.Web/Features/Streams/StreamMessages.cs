using System.Text.Json.Serialization;
using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;

namespace QuantDash.Web.Features.Streams;

/// <summary>What is sent to programs that listen. <c>sequence</c> ascends by one a change; where it leaps, changes lie between that a later one made worthless.</summary>
public abstract record StreamMessage([property: JsonPropertyOrder(-1)] string Type);

/// <summary>The first message.</summary>
/// <param name="Epoch">Send it back with <c>after</c> to go on from there; new at every start.</param>
/// <param name="Sequence">Of the last change that is in it; after a resumption the number that was asked for.</param>
/// <param name="Resumed">Everything after the number asked for follows; then there is no quote here.</param>
/// <param name="Health">Null: no tick yet.</param>
public sealed record MarketSnapshot(string Epoch, long Sequence, bool Resumed, string Symbol, string Source, bool Replay, QuoteHealth? Health, QuoteAnswer? Quote) : StreamMessage("snapshot");

public sealed record QuoteMessage(long Sequence, QuoteAnswer Quote) : StreamMessage("quote");

/// <summary>A quote became stale, live again, or its session ended: no tick says that.</summary>
public sealed record HealthMessage(long Sequence, string Symbol, QuoteHealth Health, DateTimeOffset At) : StreamMessage("health");

/// <summary>A tick in the names of the market stream, as <c>POST /api/ticks</c> takes them.</summary>
/// <param name="Timestamp">The venue's own time.</param>
/// <param name="Volume">Cumulative of the trading day.</param>
public sealed record QuoteAnswer(
    string Symbol,
    string Source,
    DateTimeOffset Timestamp,
    DateTimeOffset ReceivedAt,
    DateOnly TradingDay,
    SessionPhase Phase,
    decimal LastPrice,
    decimal? BidPrice,
    decimal? BidVolume,
    decimal? AskPrice,
    decimal? AskVolume,
    decimal Volume,
    decimal OpenInterest,
    decimal? OpenPrice,
    decimal? HighPrice,
    decimal? LowPrice,
    decimal? PreSettlement,
    decimal? UpperLimit,
    decimal? LowerLimit,
    decimal? MarkPrice)
{
    public static QuoteAnswer Of(in RecordedTick recorded) => Of(recorded.Source.Name.Value, recorded.Contract, recorded.Window.TradingDay, recorded.Window.Phase, recorded.Tick);

    public static QuoteAnswer Of(QuoteView view) => Of(view.Source.Value, view.Contract, view.TradingDay, view.Phase, view.Tick);

    private static QuoteAnswer Of(string source, Contract contract, DateOnly day, SessionPhase phase, in Tick tick) => new(
        contract.Symbol.ToString(), source, tick.OccurredAt, tick.ReceivedAt, day, phase, contract.PriceAt(tick.LastTicks).Value, At(contract, tick.BidTicks), tick.BidTicks > 0 ? tick.BidVolume : null,
        At(contract, tick.AskTicks), tick.AskTicks > 0 ? tick.AskVolume : null, tick.DayVolume, tick.OpenInterest, At(contract, tick.OpenTicks), At(contract, tick.HighTicks), At(contract, tick.LowTicks),
        tick.PreSettlement == 0m ? null : tick.PreSettlement, At(contract, tick.UpperLimitTicks), At(contract, tick.LowerLimitTicks), At(contract, tick.MarkTicks));

    private static decimal? At(Contract contract, long ticks) => ticks == 0 ? null : contract.PriceAt(ticks).Value;
}

/// <summary>The first message of the alerts.</summary>
/// <param name="Sequence">Of the last event that is in it; after a resumption the number that was asked for.</param>
/// <param name="Resumed">Everything after the number asked for follows; then there are no items here.</param>
/// <param name="Items">The latest events, oldest first.</param>
public sealed record AlertSnapshot(string Epoch, long Sequence, bool Resumed, IReadOnlyList<AlertMessage> Items) : StreamMessage("snapshot");

/// <summary>One entry of the tape: a firing, an order, a fill, a rejection, a notice.</summary>
/// <param name="Sequence">Its number on the tape, which goes on over restarts; none is left out.</param>
/// <param name="Key">What happened: <c>lock.fired</c>, <c>order.rejected</c>, <c>feed.stale</c>.</param>
/// <param name="SubjectId">Trigger, order, lock or rule it is about.</param>
/// <param name="Text">The same in the caller's language.</param>
public sealed record AlertMessage(
    long Sequence, DateTimeOffset At, TapeSeverity Severity, string Key, IReadOnlyList<string> Values, Guid? AccountId, string? Symbol, Guid? SubjectId, string Text) : StreamMessage("event");
