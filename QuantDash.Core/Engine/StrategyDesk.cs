using QuantDash.Core.Hosting;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;

namespace QuantDash.Core.Engine;

/// <summary>Strategies on the trading thread: set up, started, paused and stopped.</summary>
internal sealed class StrategyDesk
{
    private readonly ChangeLog _changes;
    private readonly StrategyRegister _register;
    private readonly StrategyFeed _feed;
    private readonly StrategyOrderDesk _orders;
    private readonly StrategyValidation _validation;
    private readonly IStrategyDefinitions _definitions;
    private readonly IIdentitySource _ids;
    private readonly EngineOptions _options;
    private readonly Func<DateTimeOffset> _wall;

    public StrategyDesk(ChangeLog changes, StrategyRegister register, StrategyFeed feed, StrategyOrderDesk orders, StrategyValidation validation, IStrategyDefinitions definitions, IIdentitySource ids, EngineOptions options, Func<DateTimeOffset> wall)
    {
        (_changes, _register, _feed, _orders, _validation) = (changes, register, feed, orders, validation);
        (_definitions, _ids, _options, _wall) = (definitions, ids, options, wall);
        feed.Break = (strategy, reason) => End(strategy, StrategyRunState.Failed, reason, StrategyWords.ByBreak);
    }

    public HostedStrategy? Find(Guid id) => _register.Find(id);

    public void OnAnswered(Action nudge) => _feed.Answered = nudge;

    public Outcome<StrategyInstance> Create(StrategyRequest request, DateTimeOffset now)
    {
        var account = _validation.Check(request, _register.All.Select(strategy => strategy.Instance), now);
        if (!account.Succeeded) return Outcome<StrategyInstance>.Failure(account.Problems);
        var instance = Of(request, _ids.Next(), now, now);
        _register.Add(new(instance, account.Value), now);
        _changes.Add(new JournalChange.StrategySaved(instance));
        return Outcome<StrategyInstance>.Success(instance);
    }

    public Outcome<StrategyInstance> Change(Guid id, StrategyRequest request, DateTimeOffset now)
    {
        if (Find(id) is not { } strategy) return Outcome<StrategyInstance>.Failure("id", "unknown_strategy", id);
        var account = _validation.Check(request, _register.All.Where(other => other != strategy).Select(other => other.Instance), now);
        if (!account.Succeeded) return Outcome<StrategyInstance>.Failure(account.Problems);
        var before = strategy.Instance;
        var isElsewhere = (before.AccountId, before.Mode) != (request.AccountId, request.Mode) || !before.Symbols.SequenceEqual(request.Symbols);
        if (isElsewhere && WhyBound(strategy) is { } bound) return Outcome<StrategyInstance>.Failure([bound]);
        strategy.Instance = Of(request, id, before.CreatedAt, now);
        strategy.Account = account.Value;
        if (isElsewhere) _register.Renew(strategy, now);
        _changes.Add(new JournalChange.StrategySaved(strategy.Instance, before));
        return Outcome<StrategyInstance>.Success(strategy.Instance);
    }

    public Outcome<StrategyInstance> Delete(Guid id)
    {
        if (Find(id) is not { } strategy) return Outcome<StrategyInstance>.Failure("id", "unknown_strategy", id);
        if (WhyBound(strategy) is { } bound) return Outcome<StrategyInstance>.Failure([bound]);
        _register.Remove(strategy);
        _changes.Add(new JournalChange.StrategyDeleted(strategy.Instance));
        return Outcome<StrategyInstance>.Success(strategy.Instance);
    }

    public Outcome<StrategyRun> Start(Guid id, StrategyWarmUp warmUp, DateTimeOffset now)
    {
        if (Find(id) is not { } strategy) return Failure("id", "unknown_strategy", id);
        if (WhyNotStarted(strategy, now) is { Count: > 0 } problems) return Outcome<StrategyRun>.Failure(problems);
        strategy.LastNumber = 0;
        strategy.Timers.Clear();
        strategy.TimersVersion++;
        return Begin(strategy, strategy.Instance.Parameters, null, warmUp, now);
    }

    public Outcome<StrategyRun> GoOn(Guid id, StrategyWarmUp warmUp, DateTimeOffset now)
    {
        if (Find(id) is not { } strategy) return Failure("id", "unknown_strategy", id);
        if (strategy is not { AwaitsHistory: true, Run: { } run }) return Failure("id", "strategy_not_running");
        var begun = Begin(strategy, run.Parameters, run, warmUp, now);
        if (!begun.Succeeded) End(strategy, StrategyRunState.Failed, StrategyWords.Sentence(begun.Problems[0]), StrategyWords.ByBreak);
        return begun;
    }

    public Outcome<StrategyRun> Stop(Guid id, string reason)
    {
        if (Find(id) is not { } strategy) return Failure("id", "unknown_strategy", id);
        if (!strategy.IsOn) return Failure("id", "strategy_not_running");
        End(strategy, StrategyRunState.Stopped, string.IsNullOrWhiteSpace(reason) ? StrategyWords.ByHand : reason.Trim(), StrategyWords.ByStop);
        return Outcome<StrategyRun>.Success(strategy.Run!);
    }

    public Outcome<StrategyRun> Pause(Guid id)
    {
        if (Find(id) is not { } strategy) return Failure("id", "unknown_strategy", id);
        if (strategy is not { IsOn: true, Run: { } run }) return Failure("id", "strategy_not_running");
        Pause(strategy, run);
        return Outcome<StrategyRun>.Success(strategy.Run);
    }

    public Outcome<StrategyRun> Resume(Guid id)
    {
        if (Find(id) is not { } strategy) return Failure("id", "unknown_strategy", id);
        if (strategy is not { State: StrategyRunState.Paused, Run: { } run }) return Failure("id", "strategy_not_paused");
        strategy.Run = run with { State = strategy.AwaitsHistory || strategy.WarmUpLeft > 0 ? StrategyRunState.WarmingUp : StrategyRunState.Running };
        strategy.IsStirred = true;
        Tell(strategy, TapeSeverity.Info, "strategy.resumed");
        return Outcome<StrategyRun>.Success(strategy.Run);
    }

    public Outcome<StrategyInstance> Flatten(Guid id)
    {
        if (Find(id) is not { } strategy) return Outcome<StrategyInstance>.Failure("id", "unknown_strategy", id);
        if (strategy is { IsFlat: true, Orders.Count: 0 }) return Outcome<StrategyInstance>.Failure("id", "strategy_flat");
        if (strategy is { IsOn: true, State: not StrategyRunState.Paused, Run: { } run }) Pause(strategy, run);
        _orders.Flatten(strategy);
        return Outcome<StrategyInstance>.Success(strategy.Instance);
    }

    /// <summary>All of an account are stopped: by an emergency stop, or because it is closed.</summary>
    public void StopAll(AccountBook account, string reason)
    {
        foreach (var strategy in _register.All)
            if (strategy.Account == account && strategy.IsOn) End(strategy, StrategyRunState.Stopped, reason, reason);
    }

    public void Abandon()
    {
        foreach (var strategy in _register.All) (strategy.Code as IStrategyRunner)?.Dispose();
    }

    /// <summary>The end of a step.</summary>
    public void GoOn()
    {
        if (_register.Count == 0) return;
        foreach (var strategy in _register.All)
        {
            if (strategy is not { State: StrategyRunState.Stopping, Orders.Count: 0 }) continue;
            strategy.Run = strategy.Run! with { State = StrategyRunState.Stopped };
            strategy.IsStirred = true;
        }

        _feed.GoOn();
    }

    private IReadOnlyList<Problem> WhyNotStarted(HostedStrategy strategy, DateTimeOffset now)
    {
        if (strategy.IsOn || strategy.Orders.Count > 0) return [new("id", "strategy_runs")];
        if (!strategy.Instance.IsActive) return [new("id", "strategy_not_active")];
        if (_options.OneStrategyAtATime && _register.All.FirstOrDefault(other => other.IsOn) is { } running) return [new("id", "strategy_one_at_a_time", running.Instance.Name)];
        if (strategy.Account.Account.Halt is { } halt) return [new("account_id", "trading_halted", halt.At)];
        return _validation.Check(StrategyRequest.Of(strategy.Instance), _register.All.Where(other => other != strategy).Select(other => other.Instance), now).Problems;
    }

    /// <param name="strategy">Which.</param>
    /// <param name="texts">What it runs with.</param>
    /// <param name="run">The run that goes on; null: a new one. One whose code is another by now ends, and a new one begins.</param>
    /// <param name="warmUp">What it is told first.</param>
    /// <param name="now">The machine's clock.</param>
    private Outcome<StrategyRun> Begin(HostedStrategy strategy, IReadOnlyDictionary<string, string> texts, StrategyRun? run, StrategyWarmUp warmUp, DateTimeOffset now)
    {
        if (_definitions.Find(strategy.Instance.Definition) is not { } definition) return Failure("definition", "unknown_strategy", strategy.Instance.Definition);
        var bound = definition.Bind(texts);
        if (!bound.Succeeded) return Outcome<StrategyRun>.Failure(bound.Problems);
        var made = Make(definition, bound.Value);
        if (!made.Succeeded) return Outcome<StrategyRun>.Failure(made.Problems);
        var clock = strategy.Account.Source.Now(now);
        if (run is not null && run.Version != definition.Version)
        {
            _changes.Add(new JournalChange.StrategyRunSaved(run with { State = StrategyRunState.Stopped, Reason = StrategyWords.ByNewCode, EndedAt = clock }, run));
            strategy.SavedRun = null;
        }

        var goesOn = run is not null && run.Version == definition.Version;
        strategy.Run = goesOn ? run! with { State = run.State == StrategyRunState.Paused ? StrategyRunState.Paused : StrategyRunState.WarmingUp } : NewRun(strategy, definition, bound.Value, run?.State == StrategyRunState.Paused ? StrategyRunState.Paused : StrategyRunState.WarmingUp, clock);
        if (!goesOn) strategy.SavedRun = null;
        strategy.BegunWith = goesOn ? null : strategy.Instance;
        strategy.LastHandle = 0;
        _register.Hold(strategy, now);
        if (!goesOn) Tell(strategy, TapeSeverity.Info, "strategy.started", strategy.Instance.Mode switch { StrategyMode.Live => "live", StrategyMode.Paper => "paper", _ => "shadow" });
        _feed.Begin(strategy, definition, bound.Value, made.Value, warmUp);
        return Outcome<StrategyRun>.Success(strategy.Run!);
    }

    private static Outcome<IStrategy> Make(StrategyDefinition definition, ParameterValues values)
    {
        try
        {
            return Outcome<IStrategy>.Success(definition.Create(values));
        }
        catch (Exception broken)
        {
            return Outcome<IStrategy>.Failure("definition", "strategy_not_made", broken.Message);
        }
    }

    private StrategyRun NewRun(HostedStrategy strategy, StrategyDefinition definition, ParameterValues values, StrategyRunState state, DateTimeOffset clock) => new()
    {
        Id = _ids.Next(),
        InstanceId = strategy.Id,
        Definition = definition.Name,
        Version = definition.Version,
        Mode = strategy.Instance.Mode,
        AccountId = strategy.Account.Id,
        Parameters = values.Texts,
        State = state,
        StartedAt = clock,
    };

    private void Pause(HostedStrategy strategy, StrategyRun run)
    {
        if (run.State == StrategyRunState.Paused) return;
        strategy.Run = run with { State = StrategyRunState.Paused };
        strategy.IsStirred = true;
        _orders.ForgetTargets(strategy);
        _orders.CancelAll(strategy, StrategyWords.ByPause, hosted => hosted.Opens);
        Tell(strategy, TapeSeverity.Info, "strategy.paused");
    }

    private void End(HostedStrategy strategy, StrategyRunState state, string reason, string cancelReason)
    {
        if (strategy.Run is not { IsOn: true } run) return;
        var isTold = state == StrategyRunState.Stopped && !strategy.AwaitsHistory;
        strategy.Run = run with { State = state == StrategyRunState.Failed ? state : StrategyRunState.Stopping, Reason = reason, EndedAt = strategy.Account.Source.Now(_wall()) };
        strategy.AwaitsHistory = false;
        _orders.ForgetTargets(strategy);
        _orders.CancelAll(strategy, cancelReason);
        if (isTold) _feed.Tell(strategy, new(StrategyEventKind.Stop));
        strategy.Parting = isTold ? strategy.Answers : null;
        Release(strategy);
        Tell(strategy, state == StrategyRunState.Failed ? TapeSeverity.Danger : TapeSeverity.Info, state == StrategyRunState.Failed ? "strategy.failed" : "strategy.stopped", reason);
    }

    private static void Release(HostedStrategy strategy)
    {
        (strategy.Code as IStrategyRunner)?.Dispose();
        (strategy.Code, strategy.Answers, strategy.IsStirred) = (null, null, true);
        strategy.Inbox.Clear();
        strategy.Timers.Clear();
        strategy.TimersVersion++;
        foreach (var one in strategy.Instruments) one.Untold.Clear();
    }

    private static Problem? WhyBound(HostedStrategy strategy) =>
        strategy.IsOn || strategy.Orders.Count > 0 ? new("id", "strategy_runs") : strategy.IsFlat ? null : new("id", "strategy_holds");

    private void Tell(HostedStrategy strategy, TapeSeverity severity, string key, params IReadOnlyList<string> values) =>
        _changes.Tell(strategy.Account.Source.Now(_wall()), severity, key, new(strategy.Account.Id, Id: strategy.Id), [strategy.Instance.Name, .. values]);

    private static Outcome<StrategyRun> Failure(string field, string code, params IReadOnlyList<object?> values) => Outcome<StrategyRun>.Failure(field, code, values);

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
