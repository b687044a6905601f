using Npgsql;

namespace QuantDash.Tests.Support;

public sealed class PostgresFixtureTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [PostgresFact]
    public async Task Database_OfThisClass_IsThereAndEmpty()
    {
        await using var source = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var command = source.CreateCommand("select count(*) from information_schema.tables where table_schema = 'public'");
        (await command.ExecuteScalarAsync()).ShouldBe(0L);
    }
}
