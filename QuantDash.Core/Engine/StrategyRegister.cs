namespace QuantDash.Core.Engine;

/// <summary>All strategies of the engine, and the contracts that they hear.</summary>
internal sealed class StrategyRegister(AccountDesk accounts)
{
    private readonly Dictionary<Guid, HostedStrategy> _strategies = [];

    public int Count => _strategies.Count;

    /// <summary>By the time they were made, oldest first.</summary>
    public HostedStrategy[] All { get; private set; } = [];

    public HostedStrategy? Find(Guid id) => _strategies.GetValueOrDefault(id);

    public void Add(HostedStrategy strategy, DateTimeOffset now)
    {
        _strategies.Add(strategy.Id, strategy);
        Attach(strategy, now);
        Order();
    }

    public void Remove(HostedStrategy strategy)
    {
        Detach(strategy);
        _strategies.Remove(strategy.Id);
        Order();
    }

    /// <summary>It trades other contracts, or on another account.</summary>
    public void Renew(HostedStrategy strategy, DateTimeOffset now)
    {
        Detach(strategy);
        Attach(strategy, now);
    }

    /// <summary>Its contracts stay subscribed.</summary>
    public void Hold(HostedStrategy strategy, DateTimeOffset now)
    {
        foreach (var one in strategy.Instruments) accounts.Hold(strategy.Account, one.Symbol, now);
    }

    /// <summary>Which of two goes first: the higher priority, of equal ones the older.</summary>
    public static int Compare(HostedStrategy left, HostedStrategy right)
    {
        var byPriority = right.Instance.Priority.CompareTo(left.Instance.Priority);
        if (byPriority != 0) return byPriority;
        var byAge = left.Instance.CreatedAt.CompareTo(right.Instance.CreatedAt);
        return byAge != 0 ? byAge : left.Id.CompareTo(right.Id);
    }

    private void Attach(HostedStrategy strategy, DateTimeOffset now)
    {
        foreach (var symbol in strategy.Instance.Symbols)
        {
            if (accounts.Look(strategy.Account, symbol, now) is not { } lane) continue;
            var hosted = new HostedInstrument(strategy, lane);
            strategy.Instruments.Add(hosted);
            // A new array each time: whoever walks over the old one goes on undisturbed.
            lane.Strategies = [.. (lane.Strategies ?? []).Append(hosted).OrderBy(one => one.Owner.Instance.CreatedAt).ThenBy(one => one.Owner.Id)];
        }
    }

    private static void Detach(HostedStrategy strategy)
    {
        foreach (var one in strategy.Instruments)
        {
            HostedInstrument[] left = [.. (one.Lane.Strategies ?? []).Where(other => other != one)];
            one.Lane.Strategies = left.Length == 0 ? null : left;
        }

        strategy.Instruments.Clear();
    }

    private void Order() => All = [.. _strategies.Values.OrderBy(strategy => strategy.Instance.CreatedAt).ThenBy(strategy => strategy.Id)];
}
