using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Locks;

/// <summary>One rule on one leg it is copied to.</summary>
/// <param name="Key">Of rule and leg.</param>
/// <param name="Copy">As it would be saved; null when something is wrong with it already here.</param>
internal sealed record CopyLine(string Key, LockRule Source, CopyLeg To, LockRule? Copy, IReadOnlyList<Problem> Problems)
{
    public FiresAtOnce? FiresNow { get; init; }

    public bool IsReady => Copy is not null && Problems.Count == 0;
}

/// <summary>A leg that is held now, with the name of its account.</summary>
internal sealed record CopyLeg(TemplateLeg Leg, string Account)
{
    public string Key { get; } = $"{Leg.AccountId.Value} {Leg.Contract.Symbol} {Leg.Side}";

    public bool IsOf(LockRule rule) => Leg.AccountId == rule.AccountId && Leg.Contract.Symbol == rule.Symbol && Leg.Side == rule.Direction;
}
