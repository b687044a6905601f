using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage.Model;

/// <summary>Rules, firings, executions and locks, under the seeds' names. The CHECKs hold for those who write with SQL; our own door
/// refuses the same earlier and in words.</summary>
internal static class LockTables
{
    public static void Configure(ModelBuilder model, StorageTypes types)
    {
        model.Entity<LockConfigRow>(config => Config(config, types));
        model.Entity<LockRuleStateRow>(state => State(state, types));
        model.Entity<LockTriggerRow>(trigger => Trigger(trigger, types));
        model.Entity<LockExecutionRow>(execution => Execution(execution, types));
        model.Entity<LockRow>(held => Lock(held, types));
        model.Entity<OutsideDeleteRow>(OutsideDelete);
    }

    private static void Config(EntityTypeBuilder<LockConfigRow> config, StorageTypes types)
    {
        config.ToTable("lock_configs", t =>
        {
            t.OneOf<Side>("direction");
            t.OneOf<TriggerType>("trigger_type");
            t.OneOf<TrailingMode>("trailing_mode");
            t.OneOf<PriceSource>("price_source");
            t.OneOf<ConfirmTimeoutAction>("confirm_timeout_action");
            t.OneOf<RearmMode>("rearm");
            t.OneOf<OcoMode>("oco_mode");
            t.OneOf<IfLockRefused>("if_lock_refused");
            t.OneOf<LockAction>("action");
            t.OneOf<OppositeLeg>("opposite");
            t.Check("atr_timeframe", $"atr_timeframe in ({string.Join(", ", AtrTimeframes.All.Select(length => $"'{AtrTimeframes.Write(length)}'"))})");
            t.Check("atr_period", "atr_period between 2 and 200");
            t.Check("rearm_cooldown", "rearm_cooldown between 1 and 86400");
            t.Share("profit_lock_ratio");
            t.Share("stop_lock_ratio");
            t.Positive("trigger_price", "stop_loss_price", "trailing_distance", "trailing_activation", "confirm_timeout", "decay_half_life", "relock_price", "relock_ticks");
            t.NotNegative("max_slippage_ticks", "protect_ticks", "decay_floor");
            t.Number("profit_lock_threshold");
            t.Check("confirm_ticks", "confirm_ticks between 1 and 100");
            t.Ids(types, "id", "account_id", "lock_id", "parent_id");
        });
        config.Property(c => c.Id).Default(types.NewId);
        config.Property(c => c.Symbol).SymbolText();
        config.Property(c => c.Direction).Word();
        config.Property(c => c.TriggerType).Word();
        config.Property(c => c.IsEnabled).Default("true");
        config.Property(c => c.AutoExecute).Default("false");
        config.Property(c => c.ProfitLockEnabled).Default("false");
        config.Property(c => c.ProfitLockRatio).Default("1");
        config.Property(c => c.StopLockRatio).Default("1");
        config.Property(c => c.Stages).Default("'[]'");
        config.Property(c => c.TrailingStop).Default("false");
        config.Property(c => c.TrailingMode).Word().Default("'price'");
        config.Property(c => c.PriceSource).Word().Default("'last'");
        config.Property(c => c.ConfirmTicks).Default("1");
        config.Property(c => c.Also).Default("'[]'");
        config.Property(c => c.ConfirmTimeout).Default("600");
        config.Property(c => c.ConfirmTimeoutAction).Word().Default("'skip'");
        config.Property(c => c.MaxSlippageTicks).Default("10");
        config.Property(c => c.ProtectTicks).Default("5");
        config.Property(c => c.TriggerTime).HasMaxLength(32);
        config.Property(c => c.AtrPeriod).Default("14");
        config.Property(c => c.AtrTimeframe).Word().Default("'15m'");
        config.Property(c => c.Rearm).Word().Default("'once'");
        config.Property(c => c.RearmCooldown).Default("300");
        config.Property(c => c.RearmAdds).Default("false");
        config.Property(c => c.OcoGroup).HasMaxLength(LockRuleValidation.LongestGroupName);
        config.Property(c => c.OcoMode).Word().Default("'reduce'");
        config.Property(c => c.IfLockRefused).Word().Default("'alarm'");
        config.Property(c => c.Action).Word().Default("'lock'");
        config.Property(c => c.Opposite).Word().Default("'covers'");
        config.Property(c => c.Shadow).Default("false");
        config.Property(c => c.CreatedAt).Default(types.Now);
        config.Property(c => c.UpdatedAt).Default(types.Now);
        config.Property(c => c.Revision).Default("0");
        config.HasIndex(c => new { c.AccountId, c.Symbol });
        config.HasIndex(c => c.Revision).HasFilter("revision = 0");
    }

    private static void State(EntityTypeBuilder<LockRuleStateRow> state, StorageTypes types)
    {
        state.ToTable("lock_rule_states", t =>
        {
            t.OneOf<ArmState>("state");
            t.OneOf<HighWaterSince>("high_water_since");
        });
        state.HasKey(s => s.RuleId);
        state.Property(s => s.RuleId).ValueGeneratedNever();
        state.Property(s => s.State).Word();
        state.Property(s => s.HighWaterSince).Word().Default("'arming'");
        state.Property(s => s.DoneCost).HasColumnType(types.ExactDecimal);
        state.Property(s => s.StagesDone).Default("0");
        state.Property(s => s.BaseVolume).Default("0");
        state.Property(s => s.Spent).Default("false");
    }

    private static void Trigger(EntityTypeBuilder<LockTriggerRow> trigger, StorageTypes types)
    {
        trigger.ToTable("lock_triggers", t =>
        {
            t.OneOf<Side>("direction");
            t.OneOf<ConditionKind>("trigger_type");
            t.OneOf<LockAction>("action");
            t.OneOf<TriggerStatus>("execution_status");
            t.Positive("trigger_price", "lock_volume");
            t.NotNegative("filled_volume", "children");
            t.Ids(types, "id", "config_id", "account_id", "lock_id");
        });
        trigger.Property(r => r.Id).Default(types.NewId);
        trigger.Property(r => r.Symbol).SymbolText();
        trigger.Property(r => r.Direction).Word();
        trigger.Property(r => r.TriggerType).Word();
        trigger.Property(r => r.ExecutionStatus).Word().Default("'pending'");
        trigger.Property(r => r.FilledVolume).Default("0");
        trigger.Property(r => r.AutoExecute).Default("false");
        trigger.Property(r => r.Shadow).Default("false");
        trigger.Property(r => r.TriggeredAt).Default(types.Now);
        trigger.Property(r => r.Children).Default("0");
        trigger.Property(r => r.Stage).Default("0");
        trigger.Property(r => r.Action).Word().Default("'lock'");
        trigger.Property(r => r.UpdatedAt).Default(types.Now);
        trigger.Property(r => r.Revision).Default("0");
        trigger.HasIndex(r => new { r.TriggeredAt, r.Id });
        trigger.HasIndex(r => new { r.ConfigId, r.TriggeredAt });
        trigger.HasIndex(r => r.ExecutionStatus);
        trigger.HasIndex(r => r.Revision).HasFilter("revision = 0");
    }

    private static void Execution(EntityTypeBuilder<LockExecutionRow> execution, StorageTypes types)
    {
        execution.ToTable("lock_executions", t =>
        {
            t.OneOf<Side>("direction");
            t.OneOf<ExecutionMethod>("execution_method");
            t.NotNegative("lock_volume");
        });
        execution.Property(e => e.Id).Default(types.NewId);
        execution.Property(e => e.Symbol).SymbolText();
        execution.Property(e => e.Direction).Word();
        execution.Property(e => e.ExecutionMethod).Word();
        execution.Property(e => e.ExecutedAt).Default(types.Now);
        execution.HasIndex(e => new { e.ExecutedAt, e.Id });
        execution.HasIndex(e => e.TriggerId);
    }

    private static void Lock(EntityTypeBuilder<LockRow> held, StorageTypes types)
    {
        held.ToTable("locks", t =>
        {
            t.OneOf<Side>("locked_side");
            t.OneOf<LockStatus>("status");
            t.NotNegative("volume", "unlocked_volume", "children");
        });
        held.Property(l => l.Id).ValueGeneratedNever();
        held.Property(l => l.Symbol).SymbolText();
        held.Property(l => l.LockedSide).Word();
        held.Property(l => l.Status).Word();
        held.Property(l => l.Ratio).HasColumnType(types.ExactDecimal);
        held.Property(l => l.ProtectedPrice).HasColumnType(types.ExactDecimal);
        held.Property(l => l.LockPrice).HasColumnType(types.ExactDecimal);
        held.Property(l => l.FrozenProfit).HasColumnType(types.ExactDecimal);
        held.Property(l => l.Fees).HasColumnType(types.ExactDecimal);
        held.Property(l => l.RealisedProfit).HasColumnType(types.ExactDecimal);
        held.Property(l => l.IsAdopted).Default("false");
        held.Property(l => l.UnlockedVolume).Default("0");
        held.Property(l => l.Children).Default("0");
        held.HasIndex(l => l.Status);
        held.HasIndex(l => new { l.CreatedAt, l.Id });
    }

    private static void OutsideDelete(EntityTypeBuilder<OutsideDeleteRow> deleted)
    {
        deleted.ToTable("outside_deletes");
        deleted.HasKey(d => new { d.TableName, d.RowId });
        deleted.Property(d => d.TableName).HasMaxLength(64);
    }
}
