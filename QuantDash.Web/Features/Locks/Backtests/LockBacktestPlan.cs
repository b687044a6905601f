using QuantDash.Core.Backtesting.Locks;
using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Locks.Backtests;

/// <summary>An ask made ready to run.</summary>
/// <param name="Ask">What was asked.</param>
/// <param name="Source">Where the prices come from.</param>
/// <param name="From">The first trading day.</param>
/// <param name="To">The last trading day.</param>
/// <param name="Scene">What it begins with.</param>
/// <param name="Read">Opens the ticks; takes as long as reading them once.</param>
/// <param name="Points">Of a sweep.</param>
public sealed record LockBacktestPlan(LockBacktestAsk Ask, SourceName Source, DateOnly From, DateOnly To, LockScene Scene, Func<LockTicks> Read, IReadOnlyList<LockSweepPoint> Points)
{
    public LockConfirmation Confirmation => new(Ask.ConfirmAfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
}

/// <summary>Finds what an ask needs, or says what is missing. Reads no tick.</summary>
public sealed class LockBacktestPlanner(ITickArchive ticks, IBarArchive bars, ContractCatalog catalog, TradingCalendar calendar)
{
    /// <summary>Ticks that one ask may play, over all of its runs: about a minute's work.</summary>
    public const long MostTicks = 60_000_000;

    /// <summary>Ticks that a bar is made into, at most.</summary>
    private const int TicksOfABar = 25;

    public Outcome<LockBacktestPlan> Plan(LockBacktestAsk ask, EngineSnapshot snapshot)
    {
        var account = snapshot.Accounts.FirstOrDefault(view => view.Account.Id == ask.Rule.AccountId);
        var source = ask.Source ?? account?.Account.Source ?? default;
        var days = Days(ask, source);
        var chosen = Chosen(ask, days);
        if (chosen.Count == 0) return Outcome<LockBacktestPlan>.Failure("from", "lock_backtest_no_ticks", ask.Rule.Symbol);
        var (from, to) = (chosen[0].Day, chosen[^1].Day);
        if (catalog.Find(ask.Rule.Symbol, from) is not { } contract) return Outcome<LockBacktestPlan>.Failure("symbol", "unknown_symbol", ask.Rule.Symbol);
        var origin = snapshot.Sources.FirstOrDefault(view => view.Source.Name == source)?.Source;
        var scene = new LockScene(contract, ask.Cash ?? CashOf(account), Lots(ask, account)) { SessionsAlways = origin?.SessionsAlways ?? false, ExpiryNone = origin?.ExpiryNone ?? false };
        var points = Points(ask, contract);
        var work = chosen.Sum(day => day.Ticks) * Runs(ask.Question, points.Count);
        if (work > MostTicks) return Outcome<LockBacktestPlan>.Failure("from", "lock_backtest_too_much", work, MostTicks);
        if (scene.Lots.All(lot => lot.Volume.IsZero)) return Outcome<LockBacktestPlan>.Failure("volume", "lock_backtest_flat");
        return Outcome<LockBacktestPlan>.Success(new(ask, source, from, to, scene, Reader(ask, source, scene, from, to), points));
    }

    public IReadOnlyList<StoredPrices> Stored(Symbol symbol)
    {
        var ofTicks = ticks.Days(null, symbol).GroupBy(day => day.Source)
            .Select(days => new StoredPrices(days.Key, null, days.Min(day => day.TradingDay), days.Max(day => day.TradingDay), days.Sum(day => day.Count)));
        var ofBars = bars.Catalogue(null, symbol).Series.Where(series => series is { FirstDay: not null, LastDay: not null })
            .Select(series => new StoredPrices(series.Key.Source, series.Key.Timeframe, series.FirstDay!.Value, series.LastDay!.Value, series.Count));
        return [.. ofTicks.OrderByDescending(one => one.Last), .. ofBars.OrderBy(one => one.Bars).ThenBy(one => one.Source.Value, StringComparer.Ordinal)];
    }

    /// <summary>Stored days of a contract on a source with how many ticks they are, or are made into.</summary>
    private List<(DateOnly Day, long Ticks)> Days(LockBacktestAsk ask, SourceName source)
    {
        if (ask.Bars is not { } timeframe) return [.. ticks.Days(source, ask.Rule.Symbol).OrderBy(day => day.TradingDay).Select(day => (day.TradingDay, day.Count))];
        if (bars.Read(new(source, ask.Rule.Symbol, timeframe)) is not { } stored) return [];
        return [.. stored.TradingDays.ToArray().GroupBy(day => day).OrderBy(day => day.Key).Select(day => (DateOnly.FromDayNumber(day.Key), (long)day.Count() * TicksOfABar))];
    }

    private static List<(DateOnly Day, long Ticks)> Chosen(LockBacktestAsk ask, List<(DateOnly Day, long Ticks)> days)
    {
        var until = days.Where(day => !(day.Day > ask.To)).ToList();
        return ask.From is { } from ? [.. until.Where(day => day.Day >= from)] : [.. until.TakeLast(ask.Days)];
    }

    private Func<LockTicks> Reader(LockBacktestAsk ask, SourceName source, LockScene scene, DateOnly from, DateOnly to)
    {
        if (ask.Bars is not { } timeframe) return () => LockTicks.Stored(ticks, source, ask.Rule.Symbol, from, to);
        return () =>
        {
            var stored = bars.Read(new(source, ask.Rule.Symbol, timeframe))!;
            var wanted = Enumerable.Range(0, stored.Count).Select(i => stored[i]).Where(bar => bar.TradingDay >= from.DayNumber && bar.TradingDay <= to.DayNumber);
            return new BarTicks(BarColumns.Of(stored.Key, stored.PriceTick, [.. wanted]), scene.Contract, calendar, scene.SessionsAlways, ask.Path, ask.Rule.Direction, ask.SpreadTicks).Ticks();
        };
    }

    private static decimal CashOf(AccountView? account) => account is null ? 0m : account.Funds.Deposits + account.Funds.RealisedPnl - account.Funds.Fees;

    private static IReadOnlyList<SceneLot> Lots(LockBacktestAsk ask, AccountView? account)
    {
        if (ask.Volume is { } volume) return [new(ask.Rule.Direction, volume, ask.AtFirstTick ? null : ask.OpenPrice, ask.OpenedOn)];
        var position = account?.Positions.FirstOrDefault(view => view.Contract.Symbol == ask.Rule.Symbol);
        var held = (ask.Rule.Direction == Side.Long ? position?.Long : position?.Short)?.Lots ?? [];
        return
        [
            .. held.Where(lot => !lot.FreeVolume.IsZero).Select(lot => new SceneLot(
                lot.Side, lot.FreeVolume, ask.AtFirstTick ? null : ask.OpenPrice ?? lot.OpenPrice, ask.OpenedOn ?? lot.OpenedOn)),
        ];
    }

    private static IReadOnlyList<LockSweepPoint> Points(LockBacktestAsk ask, Contract contract) =>
        ask is { Question: LockQuestion.Sweep, X: { } x } ? LockSweepPoint.Grid(Axis(x, ask.Rule, contract)!, Axis(ask.Y, ask.Rule, contract)) : [];

    private static LockAxis? Axis(LockAxisAsk? asked, LockRule rule, Contract contract) =>
        asked is null ? null : LockAxis.Even(asked.Parameter, asked.From, asked.To, asked.Count, StepOf(asked.Parameter, rule, contract));

    /// <summary>Values stay such as a trader would type.</summary>
    private static decimal StepOf(LockParameter parameter, LockRule rule, Contract contract) => parameter switch
    {
        LockParameter.TriggerPrice or LockParameter.StopLossPrice => contract.PriceTick,
        LockParameter.TrailingDistance when rule.TrailingMode == TrailingMode.Price => contract.PriceTick,
        LockParameter.ProfitThreshold or LockParameter.ConfirmTicks => 1m,
        LockParameter.LockRatio => 0.01m,
        _ => 0.0001m,
    };

    private static int Runs(LockQuestion question, int points) => question switch
    {
        LockQuestion.Fire => 1,
        LockQuestion.Compare => 3,
        LockQuestion.Change => 2,
        LockQuestion.Sweep => points,
        _ => throw new InvalidOperationException($"Unknown question {question}."),
    };
}
