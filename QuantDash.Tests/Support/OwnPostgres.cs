using Npgsql;

namespace QuantDash.Tests.Support;

/// <summary>A PostgreSQL server of the test's own, to be stopped and started under a running application.</summary>
internal sealed class OwnPostgres : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("quantdash-postgres-").FullName;
    private readonly int _port = AppProcess.FreePort();
    private readonly string _programs = Requirements.PostgresPrograms ?? throw new InvalidOperationException("No PostgreSQL here: mark the test [OwnPostgresFact]");

    private OwnPostgres() => ConnectionString = new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1", Port = _port, Username = "quantdash", Database = "postgres",
    }.ConnectionString;

    public string ConnectionString { get; }

    private string Data => Path.Combine(_folder, "data");

    public static async Task<OwnPostgres> StartedAsync()
    {
        var server = new OwnPostgres();
        await Tool.RunAsync("chmod", "755", server._folder);
        Directory.CreateDirectory(server.Data);
        if (Environment.IsPrivilegedProcess) await Tool.RunAsync("chown", "-R", "postgres", server._folder);
        await server.RunAsync("initdb", "-D", server.Data, "-U", "quantdash", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync");
        await server.StartAsync();
        return server;
    }

    public Task StartAsync() => RunAsync(
        "pg_ctl", "-D", Data, "-w", "-t", "60", "-l", Path.Combine(_folder, "server.log"),
        "-o", $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off", "start");

    /// <summary>As a crash does: nobody is told, and the next start recovers.</summary>
    public Task StopAsync() => RunAsync("pg_ctl", "-D", Data, "-w", "-m", "immediate", "stop");

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid"))) await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    // It refuses to run as root. What pg_ctl starts keeps its output open, so that it must not be ours.
    private Task RunAsync(string program, params string[] arguments)
    {
        var line = string.Join(' ', [Path.Combine(_programs, program), .. arguments.Select(argument => $"'{argument}'")]) + $" > '{Path.Combine(_folder, "tool.log")}' 2>&1";
        return Environment.IsPrivilegedProcess ? Tool.RunAsync("runuser", "-u", "postgres", "--", "sh", "-c", line) : Tool.RunAsync("sh", "-c", line);
    }
}
