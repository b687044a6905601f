using System.Globalization;
using Microsoft.Extensions.Configuration;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Soak;

/// <summary>`soak [--minutes 12] [--ticks 20000000] [--rules 3000] [--database sqlite|postgres]`. PostgreSQL is the server of QUANTDASH_TEST_POSTGRES.</summary>
internal static class SoakCommand
{
    public static async Task<int> RunAsync(string[] arguments, TextWriter output)
    {
        var options = new ConfigurationBuilder().AddCommandLine(arguments).Build();
        var wish = new SoakWish(TimeSpan.FromMinutes(double.Parse(options["minutes"] ?? "12", CultureInfo.InvariantCulture)), Number("ticks", 20_000_000), (int)Number("rules", 3_000));
        if (options["database"] != "postgres") return await RunAsync(null, wish, output);
        var postgres = new PostgresFixture();
        await postgres.InitializeAsync();
        try
        {
            return await RunAsync(postgres.ConnectionString, wish, output);
        }
        finally
        {
            await postgres.DisposeAsync();
        }

        long Number(string name, long usual) => options[name] is { } told ? long.Parse(told, NumberStyles.AllowThousands, CultureInfo.InvariantCulture) : usual;
    }

    private static async Task<int> RunAsync(string? database, SoakWish wish, TextWriter output)
    {
        var settings = TradingClient.Settings(database);
        settings["QuantDash__Auth__AdminPassword"] = SoakRun.Password;
        await using var app = await AppProcess.StartAsync(settings);
        using var run = new SoakRun(app, wish, output);
        return await run.RunAsync() ? 0 : 1;
    }
}
