using System.Runtime.CompilerServices;
using QuantDash.Core.Engine;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;

namespace QuantDash.Web.Features.Streams;

/// <summary>Tells one account's funds and positions, the latest, at most once a second.</summary>
public sealed class AccountStream(LiveState<EngineSnapshot> snapshots, TimeProvider clock)
{
    public async IAsyncEnumerable<StreamMessage> ReadAsync(AccountId account, [EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var snapshot in snapshots.WatchAsync(Paces.Funds, clock, stop))
        {
            if (snapshot.Accounts.FirstOrDefault(view => view.Account.Id == account) is { } view) yield return AccountMessage.Of(view, snapshot.At);
        }
    }
}

/// <param name="LinkUp">Whether its venue is heard.</param>
/// <param name="Available">Null when a mark is missing: unknown is not zero.</param>
/// <param name="RiskRatio">Margin ÷ equity.</param>
public sealed record AccountMessage(
    Guid AccountId,
    DateTimeOffset At,
    string Currency,
    bool Replay,
    bool LinkUp,
    decimal? Equity,
    decimal? Available,
    decimal Margin,
    decimal Frozen,
    decimal? RiskRatio,
    decimal? FloatingPnl,
    decimal? HoldingPnl,
    decimal ClosePnlToday,
    decimal FeesToday,
    IReadOnlyList<HoldingMessage> Positions) : StreamMessage("account")
{
    public static AccountMessage Of(AccountView view, DateTimeOffset at)
    {
        var funds = view.Funds;
        return new(
            view.Account.Id.Value, at, funds.Currency.Code, view.Replay, view.LinkUp, funds.Equity, funds.Available, funds.Margin, funds.FrozenMargin + funds.FrozenFees, funds.RiskRatio, funds.FloatingPnl,
            funds.HoldingPnl, funds.ClosePnlToday, funds.FeesToday, [.. view.Positions.Select(HoldingMessage.Of)]);
    }
}

/// <summary>Both legs of one contract.</summary>
public sealed record HoldingMessage(
    string Symbol, decimal LongPosition, decimal LongLockedVolume, decimal? LongAvgPrice, decimal? LongProfit, decimal ShortPosition, decimal ShortLockedVolume, decimal? ShortAvgPrice, decimal? ShortProfit,
    decimal? LastPrice, decimal Margin)
{
    public static HoldingMessage Of(PositionView view)
    {
        var (buy, sell) = (view.Long, view.Short);
        return new(
            view.Contract.Symbol.ToString(), buy.Volume.Value, buy.LockedVolume.Value, buy.AverageOpenPrice?.Value, buy.FloatingPnl, sell.Volume.Value, sell.LockedVolume.Value, sell.AverageOpenPrice?.Value, sell.FloatingPnl,
            view.Mark?.Value, view.Margin);
    }
}
