using Microsoft.EntityFrameworkCore;
using QuantDash.Web.Adapters.Storage;

namespace QuantDash.Tests.Web.Adapters.Storage;

public sealed class SnakeCaseNamesTests
{
    [Theory]
    [InlineData("LongAvgPrice", "long_avg_price")]
    [InlineData("IPAddress", "ip_address")]
    [InlineData("AspNetUsers", "asp_net_users")]
    [InlineData("IX_LockRule_AccountId", "ix_lock_rule_account_id")]
    [InlineData("already_snake", "already_snake")]
    public void Of_AnyName_IsSnakeCase(string name, string expected) => SnakeCaseNames.Of(name).ShouldBe(expected);

    [Fact]
    public void Model_WithTheConvention_IsSnakeCase_ExceptWhereNamed()
    {
        using var context = new Sample();
        var sql = context.Database.GenerateCreateScript();
        sql.ShouldContain("CREATE TABLE \"sample_rules\"");
        sql.ShouldContain("\"trigger_price\"");
        sql.ShouldContain("\"KeptAsNamed\"");
        sql.ShouldContain("CREATE INDEX \"ix_sample_rules_trigger_price\"");
        sql.ShouldContain("\"pk_sample_rules\"");
    }

    [Fact]
    public void Sqlite_WhenTouched_IsRecentEnoughForEfJsonQueries()
    {
        using var context = new Sample();
        context.Database.OpenConnection();
        Version.Parse(SqliteNative.Loaded.Split(' ')[0]).ShouldBeGreaterThanOrEqualTo(new Version(3, 38));
    }

    private sealed class SampleRule
    {
        public int Id { get; set; }

        public decimal TriggerPrice { get; set; }

        public string Other { get; set; } = "";
    }

    private sealed class Sample : DbContext
    {
        public DbSet<SampleRule> SampleRules => Set<SampleRule>();

        protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite("Data Source=:memory:");

        protected override void ConfigureConventions(ModelConfigurationBuilder configuration)
            => configuration.Conventions.Add(_ => new SnakeCaseNames());

        protected override void OnModelCreating(ModelBuilder model)
            => model.Entity<SampleRule>(e =>
            {
                e.HasIndex(r => r.TriggerPrice);
                e.Property(r => r.Other).HasColumnName("KeptAsNamed");
            });
    }
}
