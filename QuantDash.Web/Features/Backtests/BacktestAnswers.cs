using QuantDash.Core.Backtesting;
using QuantDash.Core.Backtesting.Reports;
using QuantDash.Core.Markets.History.Adjustment;

namespace QuantDash.Web.Features.Backtests;

/// <summary>What a backtest is asked for with. Everything but strategy and symbol has a default.</summary>
/// <param name="Symbols">Instead of symbol: a run for each, at most 50.</param>
/// <param name="Adjustment">raw, forward (the oldest prices stay), backward (the latest stay).</param>
/// <param name="Commission">Share of the value of every fill; null: the contract's own fees.</param>
/// <param name="On">bars: stored bars; ticks: recorded ticks, through the trading engine itself, which knows no other assumptions than latency_ms, jitter_ms, sessions_always and expiry_none.</param>
/// <param name="FundingRate">Of a perpetual: share of the price that longs pay shorts at 00:00, 08:00 and 16:00 UTC.</param>
/// <param name="Funding">Of a perpetual, instead of funding_rate: payment by payment, rising.</param>
/// <param name="LatencyMs">Over ticks: how long an order is on its way.</param>
/// <param name="JitterMs">Over ticks: at most so much longer, drawn from the seed.</param>
/// <param name="SessionsAlways">Over ticks: trading never pauses; left out: as the source says.</param>
/// <param name="ExpiryNone">Over ticks: no contract expires; left out: as the source says.</param>
/// <param name="Sweep">A run for each pair of two number parameters' values instead of one run.</param>
public sealed record BacktestBody(
    string Strategy, BacktestBasis On, string? Symbol, IReadOnlyList<string>? Symbols, IReadOnlyDictionary<string, string>? Parameters, string? Source, string? Timeframe, DateOnly? From, DateOnly? To,
    AdjustmentDirection Adjustment, AdjustmentMethod AdjustmentMethod, decimal Cash, decimal? Commission, SlippageKind Slippage, decimal SlippageAmount, FillTiming Fill, BarPath Path, LimitFill LimitFill,
    decimal? VolumeShare, bool PriceLimits, decimal? FundingRate, IReadOnlyList<FundingPayment>? Funding, decimal LatencyMs, decimal JitterMs, bool? SessionsAlways, bool? ExpiryNone, long Seed, SweepRequest? Sweep);

/// <summary>A payment of a perpetual: price × volume × rate, from longs to shorts above zero.</summary>
public sealed record FundingPayment(DateTimeOffset Timestamp, decimal Rate);

/// <summary>A backtest as the API tells it.</summary>
/// <param name="Progress">0 to 1.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="FundingPayments">How many payments were given; null: none were.</param>
/// <param name="Ticks">Played, once one over ticks is done.</param>
/// <param name="TicksRefused">Those the engine did not take.</param>
/// <param name="Pairs">Of a sweep.</param>
/// <param name="Taken">As what the contract was taken: catalog; product: its contracts one after the other; stock: not in the catalog.</param>
/// <param name="Statistics">Once it is done; null for a sweep.</param>
public sealed record BacktestAnswer(
    Guid Id, BacktestState State, double Progress, string Strategy, BacktestBasis On, IReadOnlyDictionary<string, string> Parameters, string Symbol, string? Source, string? Timeframe, DateOnly? From, DateOnly? To,
    AdjustmentDirection Adjustment, AdjustmentMethod AdjustmentMethod, decimal Cash, decimal? Commission, SlippageKind Slippage, decimal SlippageAmount, FillTiming Fill, bool LookAhead, BarPath Path,
    LimitFill LimitFill, decimal? VolumeShare, bool PriceLimits, decimal? FundingRate, int? FundingPayments, decimal LatencyMs, decimal JitterMs, bool? SessionsAlways, bool? ExpiryNone, long Seed, SweepRequest? Sweep, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, string By, int? Bars, int? Ticks, int? TicksRefused, int? Pairs,
    ContractTaken Taken, string? Error, BacktestStatistics? Statistics)
{
    public static BacktestAnswer Of(BacktestRecord record, double? progress)
    {
        var r = record.Request;
        return new(
            record.Id, record.State, record.State == BacktestState.Done ? 1 : progress ?? 0, r.Strategy, r.On, r.Parameters, r.Symbol, r.Source, r.Timeframe, r.From, r.To, r.Adjustment, r.Method, r.Cash, r.Commission,
            r.Slippage, r.SlippageAmount, r.Fill, r.Fill == FillTiming.SameClose, r.Path, r.LimitFill, r.VolumeShare, r.PriceLimits, r.FundingRate, r.Funding?.Count, r.LatencyMs, r.JitterMs, r.SessionsAlways, r.ExpiryNone, r.Seed, r.Sweep, record.CreatedAt, record.StartedAt, record.EndedAt, record.By,
            record.Bars, record.Ticks, record.TicksRefused, record.Pairs, record.Taken, record.Error, record.Statistics);
    }
}

/// <summary>What was started: one for each symbol.</summary>
/// <param name="Id">Of the first.</param>
public sealed record BacktestsStarted(Guid Id, IReadOnlyList<BacktestAnswer> Items);
