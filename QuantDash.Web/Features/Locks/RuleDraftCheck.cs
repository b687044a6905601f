using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Locks;

/// <summary>Makes a rule of a draft, or names every wrong field (by the API's names, so that both say the same sentences).</summary>
public static class RuleDraftCheck
{
    /// <param name="draft">What was typed.</param>
    /// <param name="contract">What it watches; null when unknown.</param>
    /// <param name="newId">Id of a new rule.</param>
    /// <param name="now">When it is saved.</param>
    /// <param name="average">Average open price of the leg, from which levels may be counted; null when unknown.</param>
    public static Outcome<LockRule> Build(RuleDraft draft, Contract? contract, Guid newId, DateTimeOffset now, Price? average = null)
    {
        var problems = new List<Problem>();
        if (!TryParse(draft.Symbol, out var symbol)) problems.Add(new("symbol", "unknown_symbol", draft.Symbol));
        if (draft is { UseProfit: false, UsePrice: false, UseTrailing: false, UseStop: false, Ladder.Use: false, Time.Use: false }) problems.Add(new("trigger_type", "no_live_condition"));
        Require(problems, "profit_lock_threshold", draft.UseProfit && !Stepped(draft, TriggerType.Profit), draft.ProfitThreshold);
        Require(problems, "trigger_price", draft.UsePrice && !Stepped(draft, TriggerType.Price), draft.TriggerPrice);
        Require(problems, "stop_loss_price", draft.UseStop, draft.StopPrice);
        Require(problems, "trailing_distance", draft.UseTrailing, draft.TrailingDistance);
        if (draft.Time.Use && draft.Time.Build() is null) problems.Add(new("trigger_time", "not_a_trigger_time", draft.Time.Clock, TriggerTime.MostMinutesBeforeClose, TriggerTime.MostMinutesHeld));
        Require(problems, "relock_price", draft is { Unlocks: true, UseRelock: true, RelockAtPrice: true }, draft.RelockPrice);
        Require(problems, "relock_ticks", draft is { Unlocks: true, UseRelock: true, RelockAtPrice: false }, draft.RelockTicks);
        var stages = draft.Ladder.Build(draft.Direction, contract, average, problems);
        if (!symbol.IsSet) return Outcome<LockRule>.Failure(problems);
        var rule = Rule(draft, symbol, newId, now) with { Stages = stages, MinOneLot = stages.Count > 0 ? draft.Ladder.MinOneLot : draft.Origin?.MinOneLot };
        problems.AddRange(LockRuleValidation.Check(rule, contract, now).Where(p => !problems.Exists(known => known.Field == p.Field)));
        return problems.Count > 0 ? Outcome<LockRule>.Failure(problems) : Outcome<LockRule>.Success(rule);
    }

    /// <summary>The rule of a draft that has no leg, unchecked.</summary>
    internal static LockRule Pattern(RuleDraft draft, DateTimeOffset now) => Rule(draft, default, Guid.Empty, now);

    private static void Require(List<Problem> problems, string field, bool used, decimal? value)
    {
        if (used && value is null) problems.Add(new(field, "required"));
    }

    private static bool Stepped(RuleDraft draft, TriggerType type) => draft.Ladder.Use && draft.Ladder.By == type;

    private static List<TriggerType> Named(RuleDraft draft)
    {
        List<TriggerType> named = [];
        if (draft.Ladder.Use) named.Add(draft.Ladder.By);
        if (draft.UseProfit) named.Add(TriggerType.Profit);
        if (draft.UsePrice) named.Add(TriggerType.Price);
        if (draft.UseTrailing) named.Add(TriggerType.Trailing);
        if (draft.Time.Use) named.Add(TriggerType.Time);
        return [.. named.Distinct()];
    }

    private static LockRule Rule(RuleDraft draft, Symbol symbol, Guid newId, DateTimeOffset now)
    {
        var named = Named(draft);
        var basis = draft.Origin ?? new LockRule
        {
            Id = newId, AccountId = draft.AccountId, Symbol = symbol, Direction = draft.Direction, TriggerType = TriggerType.Price, CreatedAt = now, UpdatedAt = now,
        };
        return basis with
        {
            Id = draft.Id ?? newId,
            Symbol = symbol,
            Direction = draft.Direction,
            TriggerType = named.Count > 0 ? named[0] : TriggerType.Price,
            Also = [.. named.Skip(1)],
            IsEnabled = draft.IsEnabled,
            AutoExecute = draft.AutoExecute,
            ProfitLockEnabled = named.Contains(TriggerType.Profit),
            ProfitLockThreshold = draft.UseProfit && !Stepped(draft, TriggerType.Profit) ? draft.ProfitThreshold : null,
            ProfitLockRatio = Ratio.FromPercent(draft.RatioPercent ?? 100m),
            TriggerPrice = draft.UsePrice && !Stepped(draft, TriggerType.Price) ? ToPrice(draft.TriggerPrice) : null,
            StopLossPrice = draft.UseStop ? ToPrice(draft.StopPrice) : null,
            StopLockRatio = Ratio.FromPercent(draft.StopRatioPercent ?? 100m),
            TrailingStop = draft.UseTrailing,
            TrailingDistance = draft.UseTrailing ? Distance(draft) : null,
            TrailingMode = draft.TrailingMode,
            TrailingActivation = draft.UseTrailing ? ToPrice(draft.TrailingActivation) : null,
            PriceSource = draft.PriceSource,
            ConfirmTicks = draft.ConfirmTicks ?? 1,
            ConfirmTimeout = TimeSpan.FromMinutes(draft.ConfirmMinutes ?? 10),
            ConfirmTimeoutAction = draft.ConfirmTimeoutAction,
            ProtectTicks = draft.ProtectTicks ?? 5,
            MaxSlippageTicks = draft.MaxSlippageTicks ?? 10,
            Shadow = draft.Shadow,
            Note = string.IsNullOrWhiteSpace(draft.Note) ? null : draft.Note.Trim(),
            DecayHalfLifeMinutes = named.Contains(TriggerType.Profit) ? draft.DecayHalfLife : null,
            DecayFloor = named.Contains(TriggerType.Profit) ? draft.DecayFloor : null,
            TriggerTime = draft.Time.Use ? draft.Time.Build() : null,
            AtrPeriod = draft.AtrPeriod ?? 14,
            AtrTimeframe = draft.AtrTimeframe,
            Rearm = draft.Rearm,
            RearmCooldown = Cooldown(draft),
            RearmAdds = draft.RearmAdds,
            OcoGroup = string.IsNullOrWhiteSpace(draft.OcoGroup) ? null : draft.OcoGroup.Trim(),
            OcoMode = draft.OcoMode,
            IfLockRefused = draft.IfLockRefused,
            Action = draft.Action,
            Opposite = draft.Opposite,
            LockId = draft.Unlocks ? draft.LockId : null,
            RelockPrice = draft is { Unlocks: true, UseRelock: true, RelockAtPrice: true } ? ToPrice(draft.RelockPrice) : null,
            RelockTicks = draft is { Unlocks: true, UseRelock: true, RelockAtPrice: false } ? draft.RelockTicks : null,
            ValidUntil = draft.ValidUntil is { } until ? new DateTimeOffset(until, RuleDraft.ChinaTime) : null,
            DisabledReason = null,
            CreatedAt = draft.Id is null ? now : basis.CreatedAt,
            UpdatedAt = now,
        };
    }

    // A cooldown of seconds that nobody changed in the form stays what it is.
    private static TimeSpan Cooldown(RuleDraft draft) =>
        draft.Origin is { } origin && (int)Math.Ceiling(origin.RearmCooldown.TotalMinutes) == draft.RearmCooldownMinutes
            ? origin.RearmCooldown : TimeSpan.FromMinutes(draft.RearmCooldownMinutes ?? 5);

    private static decimal? Distance(RuleDraft draft) => draft.TrailingMode == TrailingMode.Ratio ? draft.TrailingDistance / 100m : draft.TrailingDistance;

    private static Price? ToPrice(decimal? value) => value is { } price ? new(price) : null;

    private static bool TryParse(string text, out Symbol symbol)
    {
        symbol = default;
        try
        {
            symbol = Symbol.ParseCanonical(text.Trim());
            return true;
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return false;
        }
    }
}
