using QuantDash.Core.Locking;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>lock_rule_states</c>.</summary>
internal sealed class LockRuleStateRow
{
    public Guid RuleId { get; set; }
    public required string State { get; set; }
    public string? Why { get; set; }
    public DateTimeOffset? ArmedAt { get; set; }
    public long HighWaterTicks { get; set; }
    public required string HighWaterSince { get; set; }
    public bool TrailingActive { get; set; }
    public decimal DoneVolume { get; set; }
    public decimal? DoneCost { get; set; }
    public int StagesDone { get; set; }
    public decimal BaseVolume { get; set; }
    public long? TrailingDistanceTicks { get; set; }
    public DateTimeOffset? RearmAt { get; set; }
    public bool Spent { get; set; }
    public DateTimeOffset? TimeActedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    public static LockRuleStateRow From(LockRuleState state) => new()
    {
        RuleId = state.RuleId,
        State = EnumText<ArmState>.Of(state.State),
        Why = state.Why,
        ArmedAt = state.ArmedAt,
        HighWaterTicks = state.HighWaterTicks,
        HighWaterSince = EnumText<HighWaterSince>.Of(state.HighWaterSince),
        TrailingActive = state.TrailingActive,
        DoneVolume = state.DoneVolume.Value,
        DoneCost = state.DoneCost,
        StagesDone = state.StagesDone,
        BaseVolume = state.BaseVolume.Value,
        TrailingDistanceTicks = state.TrailingDistanceTicks,
        RearmAt = state.RearmAt,
        Spent = state.Spent,
        TimeActedAt = state.TimeActedAt,
        UpdatedAt = state.UpdatedAt,
    };

    public LockRuleState ToState() => new()
    {
        RuleId = RuleId,
        State = EnumText<ArmState>.Parse(State),
        Why = Why,
        ArmedAt = ArmedAt,
        HighWaterTicks = HighWaterTicks,
        HighWaterSince = EnumText<HighWaterSince>.Parse(HighWaterSince),
        TrailingActive = TrailingActive,
        DoneVolume = new(DoneVolume),
        DoneCost = DoneCost,
        StagesDone = StagesDone,
        BaseVolume = new(BaseVolume),
        TrailingDistanceTicks = TrailingDistanceTicks,
        RearmAt = RearmAt,
        Spent = Spent,
        TimeActedAt = TimeActedAt,
        UpdatedAt = UpdatedAt,
    };
}
