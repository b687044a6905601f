using QuantDash.Tests.Support;
using Xunit.Abstractions;

namespace QuantDash.Tests.Recovery;

/// <summary>RELIABILITY.md A1 with a venue that is another process: the short form; the long one is <see cref="RecoveryCommand"/>. One class for each database, so that they run side by side.</summary>
public abstract class RecoveryTests
{
    internal static readonly int Kills = Profile.Number("QUANTDASH_KILLS", 15, 300);
}

[Trait(Profile.Reliability, "A1")]
public sealed class RecoveryOnSqliteTests(ITestOutputHelper output) : RecoveryTests
{
    [Fact]
    public async Task A1_Kill9BetweenAndDuringOrders_OnSqlite_NothingIsLostAndNothingTwice() =>
        output.WriteLine((await RecoveryCommand.OnSqliteAsync(Kills, StormSeed.Value, TextWriter.Null)).ToString());
}

[Trait(Profile.Reliability, "A1")]
public sealed class RecoveryOnPostgresTests(ITestOutputHelper output) : RecoveryTests
{
    [PostgresFact]
    public async Task A1_Kill9BetweenAndDuringOrders_OnPostgres_NothingIsLostAndNothingTwice() =>
        output.WriteLine((await RecoveryCommand.OnPostgresAsync(Kills, StormSeed.Value, TextWriter.Null)).ToString());
}
