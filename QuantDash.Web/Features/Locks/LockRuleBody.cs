using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Locks;

/// <summary>A rule as programs send it (OpenAPI only; it is read by <see cref="LockRuleReader"/>).</summary>
/// <param name="AccountId">Our id, or the venue's.</param>
/// <param name="Symbol">EXCHANGE.code, or another spelling of it.</param>
/// <param name="Direction">The leg that is watched and locked.</param>
/// <param name="TriggerType">The main condition. A stop is live whenever stop_loss_price is set.</param>
/// <param name="Also">Other main conditions that are live too.</param>
/// <param name="ProfitLockThreshold">Floating profit of the leg in the account's currency, 0 or more.</param>
/// <param name="DecayHalfLife">Minutes of trading time since the leg's oldest lot in which the threshold comes half-way down to decay_floor.</param>
/// <param name="TriggerTime">When the time condition acts: 14:55:00 (exchange time), close-5, close-5@night, close-5@morning, last-30 (before the close
/// of the last trading day), hold+30 (minutes of trading time), or close_today_relief (unlock only).</param>
/// <param name="LockId">unlock only: the lock; without it the newest of the contract.</param>
/// <param name="RelockPrice">unlock only: where what was unlocked is locked again.</param>
/// <param name="RelockTicks">unlock only: it is locked again so many ticks against the leg that stays, 1 to 1000.</param>
/// <param name="ProfitLockRatio">Share of the leg to lock, above 0 and at most 1.</param>
/// <param name="Stages">A ladder of the main condition, price or profit: it stands in place of its one level and of profit_lock_ratio. Levels go in the
/// leg's favour; the ratios together are at most 1.</param>
/// <param name="MinOneLot">Whether a share of less than one lot locks one; without it yes for a single ratio, no in a ladder.</param>
/// <param name="TrailingDistance">In price units, or as a ratio of the best price when trailing_mode is ratio.</param>
/// <param name="AtrTimeframe">1m, 3m, 5m, 10m, 15m, 30m, 1h, 2h or 4h.</param>
/// <param name="RearmCooldown">Seconds, 1 to 86400.</param>
/// <param name="RearmAdds">Each firing locks its share anew; otherwise the ratio is the target of all firings together.</param>
/// <param name="OcoGroup">Rules of one leg and group: what one fills, the others need not.</param>
/// <param name="IfLockRefused">What happens when the venue refuses the lock order.</param>
/// <param name="Action">lock opens the opposite leg; reduce closes, where a venue cannot hold both sides; unlock closes the leg of a lock that direction names.</param>
/// <param name="Opposite">independent: the opposite leg belongs to somebody else, and the whole leg may be locked.</param>
/// <param name="ConfirmTimeout">Seconds, 10 to 86400.</param>
public sealed record LockRuleBody(
    string AccountId,
    string Symbol,
    Side Direction,
    TriggerType TriggerType,
    IReadOnlyList<TriggerType>? Also = null,
    bool IsEnabled = true,
    bool AutoExecute = false,
    bool ProfitLockEnabled = false,
    decimal? ProfitLockThreshold = null,
    decimal? DecayHalfLife = null,
    decimal? DecayFloor = null,
    string? TriggerTime = null,
    decimal ProfitLockRatio = 1,
    decimal? TriggerPrice = null,
    decimal? StopLossPrice = null,
    decimal StopLockRatio = 1,
    IReadOnlyList<LadderStageBody>? Stages = null,
    bool? MinOneLot = null,
    bool TrailingStop = false,
    decimal? TrailingDistance = null,
    TrailingMode TrailingMode = TrailingMode.Price,
    int AtrPeriod = 14,
    string AtrTimeframe = "15m",
    decimal? TrailingActivation = null,
    PriceSource PriceSource = PriceSource.Last,
    int ConfirmTicks = 1,
    int ConfirmTimeout = 600,
    ConfirmTimeoutAction ConfirmTimeoutAction = ConfirmTimeoutAction.Skip,
    int MaxSlippageTicks = 10,
    int ProtectTicks = 5,
    RearmMode Rearm = RearmMode.Once,
    int RearmCooldown = 300,
    bool RearmAdds = false,
    string? OcoGroup = null,
    OcoMode OcoMode = OcoMode.Reduce,
    IfLockRefused IfLockRefused = IfLockRefused.Alarm,
    LockAction Action = LockAction.Lock,
    OppositeLeg Opposite = OppositeLeg.Covers,
    Guid? LockId = null,
    decimal? RelockPrice = null,
    int? RelockTicks = null,
    bool Shadow = false,
    DateTimeOffset? ValidUntil = null,
    string? Note = null);

/// <param name="Level">In the unit of the main condition: a price, or floating profit in the account's currency.</param>
/// <param name="Ratio">Share of the leg as it is when the first stage fires, above 0 and at most 1.</param>
public sealed record LadderStageBody(decimal Level, decimal Ratio);
