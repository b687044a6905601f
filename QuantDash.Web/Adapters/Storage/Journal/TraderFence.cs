using System.Data;
using System.Globalization;
using Npgsql;
using QuantDash.Core.Engine;

namespace QuantDash.Web.Adapters.Storage.Journal;

/// <summary>The row of <c>service_status</c> that says whose turn it is to trade: a number that grows with each taking, and whose it is. On PostgreSQL every transaction
/// of the journal begins by holding that row to our number, so that it fails as a whole once somebody took it further.</summary>
internal sealed class TraderFence
{
    private const string Take = """
        INSERT INTO service_status (service_name, state, last_heartbeat, restarts, fence, holder) VALUES ('trader', 'held', now(), 0, 1, $1)
        ON CONFLICT (service_name) DO UPDATE SET state = 'held', last_heartbeat = now(), fence = coalesce(service_status.fence, 0) + 1, holder = $1
        RETURNING fence
        """;

    // Nothing is divided when the row is not ours. FOR SHARE: whoever takes the number further waits until our transaction has ended, and we for theirs.
    private const string Guard = "SELECT 1 / count(*) FROM (SELECT 1 FROM service_status WHERE service_name = 'trader' AND fence = $1 AND holder = $2 FOR SHARE) AS held";
    private const string Look = "SELECT holder, fence, last_heartbeat FROM service_status WHERE service_name = 'trader' AND fence IS NOT NULL";

    // The name alone would be the same after a restart that got the same process number, as in a container.
    private readonly string _holder = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName} {Environment.ProcessId} {Guid.CreateVersion7():N}");
    private long? _number;

    /// <summary>Whether it was taken, ever.</summary>
    public bool IsTaken => _number is not null;

    public void TakeOn(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(Take, connection);
        command.Parameters.Add(new() { Value = _holder });
        _number = (long)command.ExecuteScalar()!;
    }

    public NpgsqlBatchCommand ToBatchCommand() => new(Guard) { Parameters = { new() { Value = _number!.Value }, new() { Value = _holder } } };

    /// <summary>Throws <see cref="FencedOffException"/> unless the number is ours; inside a transaction it stays so until that ends.</summary>
    public void CheckOn(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(Guard, connection);
        command.Parameters.Add(new() { Value = _number!.Value });
        command.Parameters.Add(new() { Value = _holder });
        try
        {
            command.ExecuteScalar();
        }
        catch (PostgresException error) when (IsBroken(error))
        {
            throw Broken(connection);
        }
    }

    /// <summary>Whether this is how <see cref="ToBatchCommand"/> fails.</summary>
    public static bool IsBroken(PostgresException error) => error.SqlState == PostgresErrorCodes.DivisionByZero;

    /// <summary>Whether the row names somebody else by now.</summary>
    public bool IsLost(NpgsqlConnection connection) => _number is { } mine && HolderOn(connection) is { } holder && holder.Fence != mine;

    public static FencedOffException Broken(NpgsqlConnection connection)
    {
        try
        {
            return new(HolderOn(connection)?.Name ?? "nobody says who");
        }
        catch (NpgsqlException)
        {
            return new("the database went away before it could say who");
        }
    }

    /// <summary>Null in a database where nobody ever traded, or whose schema is older than this row.</summary>
    public static TraderHolder? HolderOn(NpgsqlConnection connection)
    {
        try
        {
            using var command = new NpgsqlCommand(Look, connection);
            using var reader = command.ExecuteReader(CommandBehavior.SingleRow);
            if (!reader.Read()) return null;
            var name = reader.IsDBNull(0) ? "" : reader.GetString(0);
            return new(name.Contains(' ', StringComparison.Ordinal) ? name[..name.LastIndexOf(' ')] : name, reader.GetInt64(1), reader.GetFieldValue<DateTimeOffset>(2));
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn)
        {
            return null;
        }
    }
}
