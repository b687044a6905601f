using QuantDash.Core.Engine;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Core.Simulation;

namespace QuantDash.Web.Features.Demo;

/// <summary>Makes the demo's source, account, legs and rules.</summary>
public sealed class DemoSetUp(IIdentitySource ids)
{
    /// <returns>What stood in its way; empty when it is made.</returns>
    public IReadOnlyList<Problem> Make(TradingEngine engine, DateTimeOffset now)
    {
        var account = new Account
        {
            Id = new(ids.Next()),
            ExternalId = "demo",
            Name = "Demo",
            Venue = VenueKind.Simulated,
            Currency = Currency.Cny,
            Source = DemoScenario.SourceName,
            IsDemo = true,
            CreatedAt = now,
        };
        if (engine.FindLane(DemoScenario.SourceName, DemoScenario.Pta, now) is null && Failed(engine.CreateSource(DemoScenario.Source(now))) is { } noSource) return noSource;
        if (Failed(engine.CreateAccount(account, new Money(DemoScenario.InitialBalance, Currency.Cny), now)) is { } noAccount) return noAccount;
        if (Failed(engine.ApplySnapshot(Legs(account.Id), now)) is { } noLegs) return noLegs;
        foreach (var rule in DemoScenario.Rules(account.Id, ids.Next, now))
            if (Failed(engine.SaveRule(rule, now)) is { } noRule) return noRule;
        return [];
    }

    private static IReadOnlyList<Problem>? Failed<T>(Outcome<T> outcome) => outcome.Succeeded ? null : outcome.Problems;

    private static PositionSnapshot Legs(AccountId account) => new()
    {
        AccountId = account,
        Complete = true,
        Positions = [.. DemoScenario.Legs.Select(Position)],
    };

    private static SnapshotPosition Position(DemoLeg leg) => leg.Side == Side.Long
        ? new() { Symbol = leg.Symbol, LongVolume = leg.Volume, LongToday = leg.Volume, LongAveragePrice = leg.EntryPrice }
        : new() { Symbol = leg.Symbol, ShortVolume = leg.Volume, ShortToday = leg.Volume, ShortAveragePrice = leg.EntryPrice };
}
