namespace QuantDash.Tests.Support;

/// <summary>
/// What a test may need from the machine. Each is null when present, else the sentence that the skipped test shows.
/// ./test.sh provides all of them.
/// </summary>
internal static class Requirements
{
    public static string? Data { get; } = TestData.Folder is null
        ? "needs the market data folder: put it at ../shared/data or name it in QUANTDASH_TEST_DATA"
        : null;

    public static string? Postgres { get; } = Variable("QUANTDASH_TEST_POSTGRES") is null
        ? "needs PostgreSQL: run ./test.sh, or put a superuser's connection string into QUANTDASH_TEST_POSTGRES"
        : null;

    /// <summary>Where the newest installed server's own programs are, to start and stop one; null: nowhere.</summary>
    public static string? PostgresPrograms { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(folder => Path.Combine(folder, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    public static string? Redis { get; } = Variable("QUANTDASH_TEST_REDIS") is null
        ? "needs Redis: run ./test.sh, or put host:port into QUANTDASH_TEST_REDIS"
        : null;

    public static string ChromiumPath { get; } = Variable("QUANTDASH_TEST_CHROMIUM") ?? "/usr/bin/chromium";

    public static string? Browser { get; } = File.Exists(ChromiumPath)
        ? null
        : $"needs Chromium at {ChromiumPath}: apt-get install chromium, or name it in QUANTDASH_TEST_CHROMIUM";

    /// <summary>Where Debian's package puts the server and promtool.</summary>
    public static string PrometheusFolder { get; } = Variable("QUANTDASH_TEST_PROMETHEUS") ?? "/usr/bin";

    public static string? Prometheus { get; } = File.Exists(Path.Combine(PrometheusFolder, "prometheus")) && File.Exists(Path.Combine(PrometheusFolder, "promtool"))
        ? null
        : $"needs prometheus and promtool in {PrometheusFolder}: apt-get install --no-install-recommends prometheus, or name their folder in QUANTDASH_TEST_PROMETHEUS";

    public static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}

/// <summary>A fact over the real market data (<see cref="TestData"/>); skipped where the data is not.</summary>
public sealed class DataFactAttribute : FactAttribute
{
    public DataFactAttribute() => Skip = Requirements.Data;
}

/// <inheritdoc cref="DataFactAttribute"/>
public sealed class DataTheoryAttribute : TheoryAttribute
{
    public DataTheoryAttribute() => Skip = Requirements.Data;
}

/// <summary>A fact that needs <see cref="PostgresFixture"/>; skipped where there is no server.</summary>
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = Requirements.Postgres;
}

/// <summary>A fact that starts and stops a PostgreSQL of its own; skipped where none is installed.</summary>
public sealed class OwnPostgresFactAttribute : FactAttribute
{
    public OwnPostgresFactAttribute() => Skip = Requirements.PostgresPrograms is null ? "needs PostgreSQL's initdb and pg_ctl: apt-get install postgresql" : null;
}

/// <summary>A fact that mounts a small disk; skipped where that is not allowed.</summary>
public sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute() => Skip = SmallDisk.Missing;
}

/// <inheritdoc cref="PostgresFactAttribute"/>
public sealed class PostgresTheoryAttribute : TheoryAttribute
{
    public PostgresTheoryAttribute() => Skip = Requirements.Postgres;
}

/// <summary>A fact that needs the Redis named in QUANTDASH_TEST_REDIS (host:port).</summary>
public sealed class RedisFactAttribute : FactAttribute
{
    public RedisFactAttribute() => Skip = Requirements.Redis;
}

/// <summary>A fact that needs <see cref="BrowserFixture"/>; skipped where there is no Chromium.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Requirements.Browser;
}

/// <summary>As <see cref="BrowserFactAttribute"/>, with data.</summary>
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = Requirements.Browser;
}

/// <summary>A fact that needs a real Prometheus and its promtool; skipped where they are not.</summary>
public sealed class PrometheusFactAttribute : FactAttribute
{
    public PrometheusFactAttribute() => Skip = Requirements.Prometheus;
}
