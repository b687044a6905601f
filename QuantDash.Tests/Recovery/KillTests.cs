using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Recovery;

/// <summary>RELIABILITY.md A1 and A3: kill -9 at random moments while rules fire, start again, compare the books.</summary>
[Trait(Profile.Reliability, "A1")]
[Trait(Profile.Reliability, "A3")]
public sealed class KillTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
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

    private static async Task StormAsync(AppProcess app, DatabaseView database)
    {
        var storm = new RuleStorm(TradingClient.Of(app), database);
        var seed = Environment.TickCount;
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
            await app.StartAgainAsync();

            await storm.ShouldBeArmedAsync(because);
            await storm.SettleAsync();
            await storm.ShouldBalanceAsync(because);
        }
    }
}
