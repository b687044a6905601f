using Microsoft.Extensions.Options;
using QuantDash.Core.Engine;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Core.Simulation;
using QuantDash.Web.Configuration;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Demo;

/// <summary>The demo account: offered at first start, made on request, gone on with after a restart.</summary>
public sealed class DemoService(TradingRuntime runtime, DemoFeed feed, IOptions<QuantDashOptions> options, IIdentitySource ids) : IHostedService
{
    /// <summary>There is nothing yet to look at, and the demo was not switched off.</summary>
    public bool IsOffered(EngineSnapshot snapshot) => options.Value.Demo is null && snapshot is { Recovered: true, Accounts.Count: 0 };

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Demo == false) return;
        if (HasDemo(runtime.Snapshots.Current)) feed.Start(fromTheBeginning: false);
        else if (options.Value.Demo == true) await AcceptAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Makes source, account, legs and rules in one step of the engine and starts the market; a second call changes nothing.</summary>
    public async Task AcceptAsync(CancellationToken stop = default)
    {
        var made = await runtime.RunAsync(MakeOnce, stop);
        if (made is { } problems && problems.Count > 0)
            throw new InvalidOperationException($"The demo could not be set up: {problems[0].Field} {problems[0].Code}.");
        feed.Start(fromTheBeginning: made is not null);
    }

    private static bool HasDemo(EngineSnapshot snapshot) => snapshot.Accounts.Any(view => view.Account.IsDemo);

    /// <summary>The problems met; null when the demo is there already.</summary>
    private IReadOnlyList<Problem>? MakeOnce(TradingEngine engine, DateTimeOffset now)
    {
        if (HasDemo(engine.Snapshot(now))) return null;
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
