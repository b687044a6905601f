using QuantDash.Core.Hosting;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>strategy_runs</c>.</summary>
internal sealed class StrategyRunRow
{
    public Guid Id { get; set; }
    public Guid StrategyId { get; set; }
    public required string Definition { get; set; }
    public required string Version { get; set; }
    public required string Mode { get; set; }
    public Guid AccountId { get; set; }

    /// <summary>JSON of names and values.</summary>
    public required string Parameters { get; set; }
    public required string Status { get; set; }
    public string? Reason { get; set; }
    public DateTimeOffset StartedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public decimal RealisedPnl { get; set; }
    public int Signals { get; set; }
    public int Fills { get; set; }

    public static StrategyRunRow From(StrategyRun run) => new()
    {
        Id = run.Id,
        StrategyId = run.InstanceId,
        Definition = run.Definition,
        Version = run.Version,
        Mode = EnumText<StrategyMode>.Of(run.Mode),
        AccountId = run.AccountId.Value,
        Parameters = StrategyColumns.Write(run.Parameters),
        Status = EnumText<StrategyRunState>.Of(run.State),
        Reason = run.Reason is { } reason ? StorableText.Of(reason) : null,
        StartedAt = run.StartedAt,
        EndedAt = run.EndedAt,
        RealisedPnl = run.RealisedPnl,
        Signals = run.Signals,
        Fills = run.Fills,
    };

    public StrategyRun ToRun() => new()
    {
        Id = Id,
        InstanceId = StrategyId,
        Definition = Definition,
        Version = Version,
        Mode = EnumText<StrategyMode>.Parse(Mode),
        AccountId = new(AccountId),
        Parameters = StrategyColumns.Read(Parameters),
        State = EnumText<StrategyRunState>.Parse(Status),
        Reason = Reason,
        StartedAt = StartedAt,
        EndedAt = EndedAt,
        RealisedPnl = RealisedPnl,
        Signals = Signals,
        Fills = Fills,
    };
}
