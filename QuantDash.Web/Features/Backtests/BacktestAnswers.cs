using QuantDash.Core.Backtesting;
using QuantDash.Core.Backtesting.Reports;
using QuantDash.Core.Markets.History.Adjustment;

namespace QuantDash.Web.Features.Backtests;

/// <summary>What a backtest is asked for with. Everything but strategy and symbol has a default.</summary>
/// <param name="Symbols">Instead of symbol: a run for each, at most 50.</param>
/// <param name="Adjustment">raw, forward (the oldest prices stay), backward (the latest stay).</param>
/// <param name="Commission">Share of the value of every fill; null: the contract's own fees.</param>
/// <param name="Sweep">A run for each pair of two number parameters' values instead of one run.</param>
public sealed record BacktestBody(
    string Strategy, string? Symbol, IReadOnlyList<string>? Symbols, IReadOnlyDictionary<string, string>? Parameters, string? Source, string? Timeframe, DateOnly? From, DateOnly? To,
    AdjustmentDirection Adjustment, AdjustmentMethod AdjustmentMethod, decimal Cash, decimal? Commission, SlippageKind Slippage, decimal SlippageAmount, FillTiming Fill, BarPath Path, LimitFill LimitFill,
    decimal? VolumeShare, bool PriceLimits, long Seed, SweepRequest? Sweep);

/// <summary>A backtest as the API tells it.</summary>
/// <param name="Progress">0 to 1.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="Pairs">Of a sweep.</param>
/// <param name="Taken">As what the contract was taken: catalog; product: its contracts one after the other; stock: not in the catalog.</param>
/// <param name="Statistics">Once it is done; null for a sweep.</param>
public sealed record BacktestAnswer(
    Guid Id, BacktestState State, double Progress, string Strategy, IReadOnlyDictionary<string, string> Parameters, string Symbol, string? Source, string? Timeframe, DateOnly? From, DateOnly? To,
    AdjustmentDirection Adjustment, AdjustmentMethod AdjustmentMethod, decimal Cash, decimal? Commission, SlippageKind Slippage, decimal SlippageAmount, FillTiming Fill, bool LookAhead, BarPath Path,
    LimitFill LimitFill, decimal? VolumeShare, bool PriceLimits, long Seed, SweepRequest? Sweep, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, string By, int? Bars, int? Pairs,
    ContractTaken Taken, string? Error, BacktestStatistics? Statistics)
{
    public static BacktestAnswer Of(BacktestRecord record, double? progress)
    {
        var r = record.Request;
        return new(
            record.Id, record.State, record.State == BacktestState.Done ? 1 : progress ?? 0, r.Strategy, r.Parameters, r.Symbol, r.Source, r.Timeframe, r.From, r.To, r.Adjustment, r.Method, r.Cash, r.Commission,
            r.Slippage, r.SlippageAmount, r.Fill, r.Fill == FillTiming.SameClose, r.Path, r.LimitFill, r.VolumeShare, r.PriceLimits, r.Seed, r.Sweep, record.CreatedAt, record.StartedAt, record.EndedAt, record.By,
            record.Bars, record.Pairs, record.Taken, record.Error, record.Statistics);
    }
}

/// <summary>What was started: one for each symbol.</summary>
/// <param name="Id">Of the first.</param>
public sealed record BacktestsStarted(Guid Id, IReadOnlyList<BacktestAnswer> Items);
