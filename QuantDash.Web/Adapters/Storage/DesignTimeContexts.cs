using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace QuantDash.Web.Adapters.Storage;

/// <summary>For <c>dotnet ef migrations add</c>, which needs the model but no database.</summary>
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteQuantDashContext>
{
    public SqliteQuantDashContext CreateDbContext(string[] args)
        => new(new DbContextOptionsBuilder<SqliteQuantDashContext>().UseSqlite("Data Source=:memory:").Options);
}

/// <inheritdoc cref="SqliteDesignTime"/>
internal sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresQuantDashContext>
{
    public PostgresQuantDashContext CreateDbContext(string[] args)
        => new(new DbContextOptionsBuilder<PostgresQuantDashContext>().UseNpgsql("Host=localhost").Options);
}
