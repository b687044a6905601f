using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;
using Xunit.Abstractions;

namespace QuantDash.Tests.Recovery;

/// <summary>RELIABILITY.md A1: kill -9 at random moments while rules fire, start again, compare the books. With a thousand rules armed and none firing: ArmedRulesTests.</summary>
[Trait(Profile.Reliability, "A1")]
public sealed class KillTests(PostgresFixture postgres, ITestOutputHelper output) : IClassFixture<PostgresFixture>
{
    private const int RulesPerRound = 40;
    private static readonly int Kills = Profile.Number("QUANTDASH_KILLS", 1, 20);

    [Fact]
    public async Task Kill9_WhileRulesFire_OnSqlite_NothingIsLostAndNothingTwice()
    {
        await using var app = await AppProcess.StartAsync(TradingClient.Settings());
        await StormAsync(app, DatabaseView.OfSqlite(Path.Combine(app.DataDirectory, "quantdash.db")));
    }

    [PostgresFact]
    public async Task Kill9_WhileRulesFire_OnPostgres_NothingIsLostAndNothingTwice()
    {
        await using var app = await AppProcess.StartAsync(TradingClient.Settings(postgres.ConnectionString));
        await StormAsync(app, new DatabaseView(postgres.ConnectionString));
    }

    private async Task StormAsync(AppProcess app, DatabaseView database)
    {
        var storm = new RuleStorm(TradingClient.Of(app), database);
        var seed = StormSeed.Value;
        var random = new Random(seed);
        await storm.BeginAsync();
        for (var kill = 1; kill <= Kills; kill++)
        {
            var because = $"kill {kill} of {Kills}, seed {seed}\n{app.LogEnd}";
            await storm.ArmAsync(RulesPerRound);
            var feeding = storm.FeedAsync();
            await Task.Delay(random.Next(5, 250));
            app.Kill();
            await feeding;
            await storm.ShouldBeResumableAsync(because);
            await app.StartAgainAsync();

            await storm.ShouldBeArmedAsync(because);
            await storm.SettleAsync();
            await storm.ShouldBalanceAsync(because);
        }

        output.WriteLine($"seed {seed}: {Kills} kills -9, {storm.Rules} firings, each once");
    }
}
