using System.Globalization;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Legs that changed without an order of ours: their rules are brought in step, and protection that ends with a leg that was closed elsewhere is told as withdrawn.</summary>
internal sealed class OutsideLegs(ChangeLog changes, RuleBook rules)
{
    /// <param name="account">Whose legs.</param>
    /// <param name="symbol">Of which contract.</param>
    /// <param name="becameFlat">Legs that held something until now: what guarded them is withdrawn, and told once.</param>
    /// <param name="now">The account's clock.</param>
    public void Changed(AccountId account, Symbol symbol, IReadOnlyCollection<Side> becameFlat, DateTimeOffset now)
    {
        var guarding = rules.Of(account, symbol).Where(slot => slot.State.State != ArmState.Idle && slot.State.State != ArmState.Done).ToList();
        rules.RefreshLegs(account, symbol, now);
        foreach (var leg in guarding.Where(slot => becameFlat.Contains(slot.Rule.Direction) && slot.Leg().Volume.IsZero).GroupBy(slot => slot.Rule.Direction))
            changes.Tell(now, TapeSeverity.Warning, "protection.withdrawn", new(account, symbol), LockWords.Name(leg.Key), leg.Count().ToString(CultureInfo.InvariantCulture));
    }
}
