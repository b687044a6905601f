using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Web.Features.Bridge;

/// <summary>The bridge over tables, as a program sees it that knows nothing but SQL.</summary>
public sealed class BridgeTableTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IDisposable
{
    private const string Key = "bootstrap-key-for-tests";
    private readonly AppFactory _app = new() { Settings = { ["QuantDash:Auth:BootstrapApiKey"] = Key } };
    private HttpClient _client = null!;
    private string _account = "";
    private string _database = "";

    [Fact]
    public async Task Order_FromTheDecisionToTheFill_OnSqlite() => await TradeAsync(await StartAsync());

    [PostgresFact]
    public async Task Order_FromTheDecisionToTheFill_OnPostgres() => await TradeAsync(await StartAsync(postgres.ConnectionString));

    private async Task TradeAsync(TableProgram program)
    {
        // Before the epoch's snapshot nothing can be seen, however often it asks.
        await program.AskAndBeSeenAsync();
        using (var early = await PlaceAsync()) early.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await program.CommandsAsync()).ShouldBeEmpty();
        await ReconcileAsync(program);

        using (await PlaceAsync())
        {
            var command = (await program.UntilCommandsAsync(1))[0];
            (command[1], command[2], command[3]).ShouldBe(("place", "one", await program.EpochAsync()));
            var id = (string)command[0];
            (await program.RowsAsync("SELECT time_in_force, type FROM order_commands")).ShouldHaveSingleItem().ShouldBe(["fak", "limit"]);
            await program.ReportAsync(id, "accepted");
            await program.UntilCommandsAsync(0);
            await program.ReportAsync(id, "filled", ", filled_volume, trade_volume, price, trade_id, timestamp", $", 2, 2, 5500, 'T1', '{DateTimeOffset.UtcNow:yyyy-MM-dd HH:mm:ss}Z'");
            await program.ReportAsync("NOBODY-1", "accepted");
            await program.ReportAsync("no id", "accepted");
            var taken = await program.TakenAsync();
            taken[^4].Problem.ShouldBeNull();
            taken[^3].Problem.ShouldBeNull();
            taken[^2].Problem.ShouldNotBeNull().ShouldContain("NOBODY-1");
            taken[^1].Problem.ShouldNotBeNull().ShouldContain("no id");
        }
        var trade = (await GetAsync("/api/trades")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        trade.GetProperty("volume").GetDecimal().ShouldBe(2);
        // The one of before the snapshot never left.
        (await GetAsync("/api/orders")).GetProperty("items").EnumerateArray().Select(order => order.GetProperty("status").GetString()).ShouldBe(["filled", "cancelled"]);
    }

    [Theory]
    [InlineData("client_order_id, status", "'A-1', 'half'")]
    [InlineData("client_order_id, status, price", "'A-1', 'filled', -1")]
    [InlineData("client_order_id, status, trade_volume", "'A-1', 'filled', 0")]
    [InlineData("client_order_id, status, filled_volume", "'A-1', 'filled', 'many'")]
    [InlineData("client_order_id, status, timestamp", "'A-1', 'filled', 'yesterday'")]
    [InlineData("client_order_id", "'A-1'")]
    [InlineData("client_order_id, status, message", "'A-1', 'filled', '{}'")]
    public async Task Report_ThatMakesNoSense_IsRefusedByTheDatabase(string columns, string values)
    {
        var program = await StartAsync();
        await Should.ThrowAsync<Microsoft.Data.Sqlite.SqliteException>(
            () => program.RunAsync($"INSERT INTO order_reports (account_id, {columns}) VALUES ('{_account}', {values})"));
    }

    /// <summary>Two programs by mistake: from the second name on nothing is handed out through the tables, and a row says for whom it is.</summary>
    [Fact]
    public async Task SecondProgram_UnderAnotherName_StopsTheHandingOut()
    {
        var program = await StartAsync();
        await program.AskAndBeSeenAsync();
        await ReconcileAsync(program);
        var other = new TableProgram(_database, _account, "two");
        await other.AskAndBeSeenAsync();
        await program.UntilAsync("SELECT contested FROM bridge_links", rows => Convert.ToInt64(rows[0][0]) == 1);
        using var placed = await PlaceAsync();
        await program.AskAndBeSeenAsync();
        await other.AskAndBeSeenAsync();
        (await program.CommandsAsync()).ShouldBeEmpty();
        await program.UntilAsync("SELECT number FROM tape_events WHERE message_key = 'bridge.two_programs'", rows => rows.Count > 0);
    }

    /// <summary>A program that polls and reads the tables as well is two at once: nothing is handed out a second time there.</summary>
    [Fact]
    public async Task Poll_BesideTheTable_NeverHandsOneOrderOutTwice()
    {
        var program = await StartAsync();
        await program.AskAndBeSeenAsync();
        await ReconcileAsync(program);
        await program.AskAndBeSeenAsync();
        using var refused = await _client.GetAsync($"/api/bridge/{_account}/orders?wait=0");
        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        using var placed = await PlaceAsync();
        var rows = await program.UntilCommandsAsync(1);
        rows.ShouldHaveSingleItem();
        await program.AskAndBeSeenAsync();
        using var again = await _client.GetAsync($"/api/bridge/{_account}/orders?wait=0");
        again.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    public void Dispose()
    {
        _client?.Dispose();
        _app.Dispose();
    }

    private async Task<TableProgram> StartAsync(string? database = null)
    {
        if (database is not null) _app.Settings["ConnectionStrings:QuantDash"] = database;
        _client = _app.CreateClient();
        _client.DefaultRequestHeaders.Add("X-API-Key", Key);
        using var answer = await _client.PostAsJsonAsync("/api/accounts", new { name = "CTP", venue = "bridge", currency = "CNY", external_id = "880001" });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        _account = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        _database = database ?? TableProgram.Sqlite(Path.Combine(_app.DataDirectory, "quantdash.db"));
        return new(_database, _account, "one");
    }

    private static async Task ReconcileAsync(TableProgram program)
    {
        var epoch = await program.EpochAsync();
        await program.SendAsync(JsonSerializer.Serialize(new
        {
            timestamp = DateTimeOffset.UtcNow, epoch, complete = true, positions = new[] { new { symbol = "CZCE.TA2701", long_position = 4, long_today = 4, long_avg_price = 5400 } },
        }));
        var (problem, answer) = (await program.TakenAsync())[^1];
        problem.ShouldBeNull();
        answer.ShouldNotBeNull().ShouldContain("differences");
        await program.UntilAsync("SELECT snapshot_wanted FROM bridge_links", rows => Convert.ToInt64(rows[0][0]) == 0);
    }

    private Task<HttpResponseMessage> PlaceAsync() =>
        _client.PostAsJsonAsync("/api/orders", new { account_id = _account, symbol = "TA2701", action = "open", direction = "long", volume = 2, price = 5500, time_in_force = "fak" });

    private Task<JsonElement> GetAsync(string address) => _client.GetFromJsonAsync<JsonElement>(address);
}
