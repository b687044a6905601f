using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using QuantDash.Tests.Recovery.Venue;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Recovery;

/// <summary>`recovery [--kills 300] [--database sqlite|postgres|both] [--seed n] [--fault AnswersTwice]`: the long form of <see cref="RecoveryTests"/>. PostgreSQL is the server of QUANTDASH_TEST_POSTGRES; without a fault by name (<see cref="VenueFault"/>) a quarter of the orders meet any of them.</summary>
internal static class RecoveryCommand
{
    public static async Task<int> RunAsync(string[] arguments, TextWriter output)
    {
        var options = new ConfigurationBuilder().AddCommandLine(arguments).Build();
        var kills = int.Parse(options["kills"] ?? "300", CultureInfo.InvariantCulture);
        var seed = int.Parse(options["seed"] ?? StormSeed.Value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var fault = options["fault"] is { } told ? Enum.Parse<VenueFault>(told, ignoreCase: true) : (VenueFault?)null;
        var databases = (options["database"] ?? "both") is "both" ? ["sqlite", "postgres"] : new[] { options["database"]! };
        foreach (var name in databases)
        {
            output.WriteLine($"{name}: seed {seed}");
            try
            {
                var clock = Stopwatch.StartNew();
                output.WriteLine($"{name}: {await (name == "postgres" ? OnPostgresAsync(kills, seed, output, fault) : OnSqliteAsync(kills, seed, output, fault))}");
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {clock.Elapsed / kills:s\\.ff} s a kill"));
            }
            catch (Exception failed) when (failed is ShouldAssertException or TimeoutException)
            {
                output.WriteLine($"{name}: FAILED; again with: recovery --database {name} --kills {kills} --seed {seed}\n{failed.Message}");
                return 1;
            }
        }

        return 0;
    }

    private static VenueScript ScriptOf(int seed, VenueFault? fault) => fault is { } always ? VenueScript.Always(always) : VenueScript.Rough(seed);

    public static async Task<StormTally> OnSqliteAsync(int kills, int seed, TextWriter output, VenueFault? fault = null)
    {
        await using var app = await AppProcess.StartAsync(TradingClient.Settings());
        var database = DatabaseView.OfSqlite(Path.Combine(app.DataDirectory, "quantdash.db"));
        return await new RecoveryStorm(app, database, seed, ScriptOf(seed, fault), output.WriteLine).RunAsync(kills);
    }

    public static async Task<StormTally> OnPostgresAsync(int kills, int seed, TextWriter output, VenueFault? fault = null)
    {
        var postgres = new PostgresFixture();
        await postgres.InitializeAsync();
        try
        {
            await using var app = await AppProcess.StartAsync(TradingClient.Settings(postgres.ConnectionString));
            return await new RecoveryStorm(app, new DatabaseView(postgres.ConnectionString), seed, ScriptOf(seed, fault), output.WriteLine).RunAsync(kills);
        }
        finally
        {
            await postgres.DisposeAsync();
        }
    }
}
