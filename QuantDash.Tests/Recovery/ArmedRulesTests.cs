using QuantDash.Tests.Recovery.Venue;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;
using Xunit.Abstractions;

namespace QuantDash.Tests.Recovery;

/// <summary>RELIABILITY.md A3: kill -9 with a thousand rules armed. All are armed again, none fires without a crossing, and what was crossed meanwhile is told, or handled as DESIGN.md 6.1 says: a level
/// that was crossed and left again is a message and nothing else; beyond its level, a stop fires and a price asks.</summary>
[Trait(Profile.Reliability, "A3")]
public sealed class ArmedRulesTests(PostgresFixture postgres, ITestOutputHelper output) : IClassFixture<PostgresFixture>
{
    private static readonly int Kills = Profile.Number("QUANTDASH_KILLS", 1, 20);

    [Fact]
    public async Task A3_Kill9WithAThousandRulesArmed_OnSqlite_AllAreArmedAgain_AndOnlyWhatIsCrossedFires()
    {
        await using var app = await AppProcess.StartAsync(TradingClient.Settings());
        await KillAsync(app, Trader.Of(app));
    }

    [PostgresFact]
    public async Task A3_Kill9WithAThousandRulesArmed_OnPostgres_AllAreArmedAgain_AndOnlyWhatIsCrossedFires()
    {
        await using var app = await AppProcess.StartAsync(TradingClient.Settings(postgres.ConnectionString));
        await KillAsync(app, new(app.Address, TradingClient.Of(app), new(postgres.ConnectionString)));
    }

    private async Task KillAsync(AppProcess app, Trader trader)
    {
        var random = new Random(StormSeed.Value);
        for (var kill = 1; kill <= Kills; kill++)
        {
            var desk = await ArmedDesk.OpenAsync(trader, $"armed-{kill}", $"kill {kill} of {Kills}, seed {StormSeed.Value}");
            await desk.ShouldAllBeArmedAsync();
            app.Kill();
            await app.StartAgainAsync();

            await desk.ShouldAllBeArmedAsync();
            await desk.CrossedAndReturnedShouldOnlyBeToldAsync(upTo: random.Next(3, 30), downTo: random.Next(3, 30));
            await desk.BeyondAStopShouldFireAsync(random.Next(3, 30));
            await desk.BeyondAPriceShouldAskAsync(random.Next(3, 30));
            await desk.CrossingNoneShouldFireNoneAsync();
            await desk.CrossingShouldFireThoseAsync(random.Next(31, 60));
            await desk.CrossingAllShouldFireAllAsync();
            output.WriteLine($"kill {kill} of {Kills}, seed {StormSeed.Value}: {desk.Rules} of {desk.Rules} armed again, {desk.Told} told as crossed while off, each fired once when it was crossed");
        }

        await StormBooks.AuditShouldBeWholeAsync(trader.Client, $"seed {StormSeed.Value}");
    }
}
