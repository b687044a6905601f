using QuantDash.Core.Hosting;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Strategies on the trading thread: set up, started, told what happens, and stopped.</summary>
internal sealed class StrategyDesk(ChangeLog changes, AccountDesk accounts, IStrategyDefinitions definitions, IIdentitySource ids)
{
    private readonly Dictionary<Guid, HostedStrategy> _strategies = [];
    private readonly StrategyValidation _validation = new(accounts, definitions);

    public Action? Answered { get; set; }

    public HostedStrategy? Find(Guid id) => _strategies.GetValueOrDefault(id);

    public Outcome<StrategyInstance> Create(StrategyRequest request, DateTimeOffset now)
    {
        var checkedAccount = _validation.Check(request, _strategies.Values.Select(strategy => strategy.Instance), now);
        if (!checkedAccount.Succeeded) return Outcome<StrategyInstance>.Failure(checkedAccount.Problems);
        var instance = Of(request, ids.Next(), now, now);
        _strategies.Add(instance.Id, new(instance, checkedAccount.Value));
        changes.Add(new JournalChange.StrategySaved(instance));
        return Outcome<StrategyInstance>.Success(instance);
    }

    public Outcome<StrategyInstance> Change(Guid id, StrategyRequest request, DateTimeOffset now)
    {
        if (Find(id) is not { } strategy) return Outcome<StrategyInstance>.Failure("id", "unknown_strategy", id);
        var checkedAccount = _validation.Check(request, _strategies.Values.Where(other => other != strategy).Select(other => other.Instance), now);
        if (!checkedAccount.Succeeded) return Outcome<StrategyInstance>.Failure(checkedAccount.Problems);
        var before = strategy.Instance;
        strategy.Instance = Of(request, id, before.CreatedAt, now);
        strategy.Account = checkedAccount.Value;
        changes.Add(new JournalChange.StrategySaved(strategy.Instance, before));
        return Outcome<StrategyInstance>.Success(strategy.Instance);
    }

    public Outcome<StrategyInstance> Delete(Guid id, DateTimeOffset now)
    {
        if (Find(id) is not { } strategy) return Outcome<StrategyInstance>.Failure("id", "unknown_strategy", id);
        _strategies.Remove(id);
        changes.Add(new JournalChange.StrategyDeleted(strategy.Instance));
        return Outcome<StrategyInstance>.Success(strategy.Instance);
    }

    public Outcome<StrategyRun> Start(Guid id, StrategyWarmUp warmUp, DateTimeOffset now) => throw new NotSupportedException($"{id} {warmUp} {now}");

    public Outcome<StrategyRun> GoOn(Guid id, StrategyWarmUp warmUp, DateTimeOffset now) => throw new NotSupportedException($"{id} {warmUp} {now}");

    public Outcome<StrategyRun> Stop(Guid id, string reason, DateTimeOffset now) => throw new NotSupportedException($"{id} {reason} {now}");

    public Outcome<StrategyRun> Pause(Guid id, DateTimeOffset now) => throw new NotSupportedException($"{id} {now}");

    public Outcome<StrategyRun> Resume(Guid id, DateTimeOffset now) => throw new NotSupportedException($"{id} {now}");

    public Outcome<StrategyInstance> Flatten(Guid id, DateTimeOffset now) => throw new NotSupportedException($"{id} {now}");

    private static StrategyInstance Of(StrategyRequest request, Guid id, DateTimeOffset created, DateTimeOffset now) => new()
    {
        Id = id,
        Name = request.Name.Trim(),
        Definition = request.Definition,
        AccountId = request.AccountId,
        Symbols = [.. request.Symbols],
        BarLength = request.BarLength,
        Parameters = request.Parameters,
        Mode = request.Mode,
        Priority = request.Priority,
        Schedule = request.Schedule,
        IsActive = request.IsActive,
        CreatedAt = created,
        UpdatedAt = now,
    };
}
