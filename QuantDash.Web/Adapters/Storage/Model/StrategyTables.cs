using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using QuantDash.Core.Hosting;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage.Model;

/// <summary>Strategies: how they are set up, their runs and signals, what they hold and remember.</summary>
internal static class StrategyTables
{
    private const int LongestName = 64;

    public static void Configure(ModelBuilder model, StorageTypes types)
    {
        model.Entity<StrategyConfigRow>(Configs);
        model.Entity<StrategyRunRow>(run => Runs(run, types));
        model.Entity<StrategyTriggerRow>(signal => Signals(signal, types));
        model.Entity<StrategyBookRow>(book => Books(book, types));
        model.Entity<StrategyStateRow>(States);
    }

    private static void Configs(EntityTypeBuilder<StrategyConfigRow> config)
    {
        config.ToTable("strategy_configs");
        config.Property(c => c.Id).ValueGeneratedNever();
        config.Property(c => c.StrategyName).HasMaxLength(LongestName);
    }

    private static void Runs(EntityTypeBuilder<StrategyRunRow> run, StorageTypes types)
    {
        run.ToTable("strategy_runs", t =>
        {
            t.OneOf<StrategyMode>("mode");
            t.OneOf<StrategyRunState>("status");
        });
        run.Property(r => r.Id).ValueGeneratedNever();
        run.Property(r => r.Definition).HasMaxLength(LongestName);
        run.Property(r => r.Version).HasMaxLength(LongestName);
        run.Property(r => r.Mode).Word();
        run.Property(r => r.Status).Word();
        run.Property(r => r.RealisedPnl).HasColumnType(types.ExactDecimal);
        run.HasIndex(r => new { r.StrategyId, r.StartedAt });
    }

    private static void Signals(EntityTypeBuilder<StrategyTriggerRow> signal, StorageTypes types)
    {
        signal.ToTable("strategy_triggers", t =>
        {
            t.OneOf<SignalAction>("action_type");
            t.OneOf<OrderSide>("direction");
            t.Check("offset", $"\"offset\" in ({EnumText<Offset>.SqlList})");
            t.OneOf<StrategyOrderType>("type");
            t.OneOf<SignalResult>("execution_result");
            t.NotNegative("volume", "filled_volume");
        });
        signal.Property(s => s.Id).ValueGeneratedNever();
        signal.Property(s => s.StrategyName).HasMaxLength(LongestName);
        signal.Property(s => s.Symbol).SymbolText();
        signal.Property(s => s.TriggerCondition).HasMaxLength(200);
        signal.Property(s => s.ActionType).Word();
        signal.Property(s => s.Direction).Word();
        signal.Property(s => s.Offset).Word();
        signal.Property(s => s.Type).Word();
        signal.Property(s => s.ExecutionResult).Word();
        signal.Property(s => s.OrderId).HasMaxLength(32);
        signal.Property(s => s.ProblemCode).HasMaxLength(64);
        signal.Property(s => s.AveragePrice).HasColumnType(types.ExactDecimal);
        signal.HasIndex(s => new { s.StrategyId, s.TriggerTime, s.Id });
        signal.HasIndex(s => new { s.TriggerTime, s.Id });
        signal.HasIndex(s => s.IsOver);
    }

    private static void Books(EntityTypeBuilder<StrategyBookRow> book, StorageTypes types)
    {
        book.ToTable("strategy_books", t => t.NotNegative("long_volume", "short_volume"));
        book.HasKey(b => new { b.StrategyId, b.Symbol });
        book.Property(b => b.Symbol).SymbolText();
        book.Property(b => b.LongCost).HasColumnType(types.ExactDecimal);
        book.Property(b => b.ShortCost).HasColumnType(types.ExactDecimal);
        book.Property(b => b.RealisedToday).HasColumnType(types.ExactDecimal);
        book.Property(b => b.FeesToday).HasColumnType(types.ExactDecimal);
        book.Property(b => b.FloatingAtStart).HasColumnType(types.ExactDecimal);
        book.Property(b => b.RealisedTotal).HasColumnType(types.ExactDecimal);
        book.Property(b => b.FeesTotal).HasColumnType(types.ExactDecimal);
    }

    private static void States(EntityTypeBuilder<StrategyStateRow> state)
    {
        state.ToTable("strategy_states");
        state.HasKey(s => s.StrategyId);
        state.Property(s => s.StrategyId).ValueGeneratedNever();
    }
}
