using System.Net;
using System.Text;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Recovery;

/// <summary>Over thirty kinds of wrong rule, snapshot, tick and file: each gets an answer that names every wrong field, and no table changes by it.</summary>
public sealed class BadInputTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string Rule = """{"account_id": "ACCOUNT", "symbol": "CZCE.TA2505", "direction": "long", "trigger_type": "price", "trigger_price": 5600}""";
    private const string Snapshot = """{"account_id": "ACCOUNT", "positions": [{"symbol": "CZCE.TA2505", "long_position": 10, "long_avg_price": 5400}]}""";
    private const string Rules = "api/lock/configs";
    private const string Snapshots = "api/position_snapshots";
    private const string Ticks = "api/ticks?source=bad";

    /// <summary>Path, body, and the fields the answer has to name.</summary>
    private static readonly (string Path, string Body, string[] Fields)[] Inputs =
    [
        (Rules, "", []),
        (Rules, "{", []),
        (Rules, "[]", []),
        (Rules, "null", []),
        (Rules, Rule.Replace("5600", "\"high\"", StringComparison.Ordinal), ["trigger_price"]),
        (Rules, Rule.Replace("5600", "NaN", StringComparison.Ordinal), []),
        (Rules, Rule.Replace("5600", "-5600", StringComparison.Ordinal), ["trigger_price"]),
        (Rules, Rule.Replace("5600", "5601", StringComparison.Ordinal), ["trigger_price"]),
        (Rules, Rule.Replace("5600", "1e400", StringComparison.Ordinal), ["trigger_price"]),
        (Rules, With(Rule, "profit_lock_ratio", "0"), ["profit_lock_ratio"]),
        (Rules, With(Rule, "profit_lock_ratio", "1.2"), ["profit_lock_ratio"]),
        (Rules, With(Rule, "stop_lock_ratio", "-0.1"), ["stop_lock_ratio"]),
        (Rules, With(Rule, "confirm_ticks", "0"), ["confirm_ticks"]),
        (Rules, With(Rule, "confirm_ticks", "1.5"), ["confirm_ticks"]),
        (Rules, Rule.Replace("CZCE.TA2505", "CZCE.QQ9999", StringComparison.Ordinal), ["symbol"]),
        (Rules, Rule.Replace("ACCOUNT", "11111111-1111-1111-1111-111111111111", StringComparison.Ordinal), ["account_id"]),
        (Rules, Rule.Replace("\"long\"", "\"sideways\"", StringComparison.Ordinal), ["direction"]),
        (Rules, """{"symbol": "CZCE.TA2505", "trigger_type": "price"}""", ["account_id", "direction"]),
        (Rules, With(Rule, "trigger_price", "5700"), ["trigger_price"]),
        (Rules, With(With(Rule, "profit_lock_ratio", "7"), "confirm_ticks", "0"), ["profit_lock_ratio", "confirm_ticks"]),
        (Snapshots, Snapshot.Replace("10,", "-10,", StringComparison.Ordinal), ["positions[0].long_position"]),
        (Snapshots, Snapshot.Replace("10,", "1.5,", StringComparison.Ordinal), ["positions[0].long_position"]),
        (Snapshots, Snapshot.Replace("10,", "\"ten\",", StringComparison.Ordinal), ["positions[0].long_position"]),
        (Snapshots, Snapshot.Replace("CZCE.TA2505", "NOWHERE", StringComparison.Ordinal), ["positions[0].symbol"]),
        (Snapshots, Snapshot.Replace("5400", "-5400", StringComparison.Ordinal), ["positions[0].long_avg_price"]),
        (Snapshots, """{"account_id": "ACCOUNT", "positions": {}}""", ["positions"]),
        (Snapshots, """{"account_id": "ACCOUNT", "positions": [{"symbol": "CZCE.TA2505", "long_position": 1}, {"symbol": "TA2505", "long_position": 2}]}""", ["positions[1].symbol"]),
        (Ticks, """[{"symbol": "CZCE.TA2505", "timestamp": "yesterday", "last_price": 5400}]""", ["items[0].timestamp"]),
        (Ticks, """[{"symbol": "CZCE.TA2505", "last_price": 5400}]""", ["items[0].timestamp"]),
        (Ticks, """{"symbol": "CZCE.TA2505"}""", []),
        ("api/accounts", """{"name": "", "venue": "moon", "currency": "yen"}""", ["venue", "currency"]),
        ("api/sources", """{"name": "two words", "clock": "sundial"}""", ["name", "clock"]),
    ];

    private const string Header = "symbol,timestamp,last_price,volume\n";
    private const string GoodRow = "CZCE.TA2505,2025-03-03T02:00:01Z,5400,1\n";

    /// <summary>Query, file, and what the refusal has to name.</summary>
    private static readonly (string Query, string File, string[] Named)[] Files =
    [
        ("source=history", Header + GoodRow + "CZCE.TA2505,2025-03-03T02:00:02Z,broken,2\n" + GoodRow.Replace(":01Z", ":03Z", StringComparison.Ordinal), ["\"line\":3", "last_price"]),
        ("source=history", Header + GoodRow + "CZCE.TA2505,2025-03-03T02:00:02Z,NaN,2\n", ["\"line\":3", "last_price"]),
        ("source=history", Header + GoodRow + "CZCE.TA2505,2025-03-03T02:00:02Z,-5400,2\n", ["\"line\":3", "last_price"]),
        ("source=history", Header + GoodRow + "CZCE.TA2505,yesterday,5400,2\n", ["\"line\":3", "timestamp"]),
        ("source=history", Header + GoodRow + "CZCE.XX2505,2025-03-03T02:00:02Z,5400,2\n", ["\"line\":3", "symbol"]),
        ("source=history", Header + GoodRow + "CZCE.TA2505,2025-03-03T02:00:02Z,5401,x\n", ["\"line\":3", "volume"]),
        ("source=history", Header + GoodRow + "CZCE.TA2505\n", ["\"line\":3"]),
        ("source=history", "symbol,last_price\nCZCE.TA2505,5400\n", ["timestamp"]),
        ("source=history", "PK\u0003\u0004 not a tick file", ["\"problems\":[\""]),
        ("source=history", "\n\n", ["\"problems\":[\""]),
    ];

    [Fact]
    public async Task BadInput_EveryKind_OnSqlite_NamesEveryFieldAndChangesNoTable()
    {
        await using var app = await AppProcess.StartAsync(TradingClient.Settings());
        await ShouldRefuseAllAsync(app, Sqlite(app));
    }

    [PostgresFact]
    public async Task BadInput_EveryKind_OnPostgres_NamesEveryFieldAndChangesNoTable()
    {
        await using var app = await AppProcess.StartAsync(TradingClient.Settings(postgres.ConnectionString));
        await ShouldRefuseAllAsync(app, new DatabaseView(postgres.ConnectionString));
    }

    [Fact]
    public async Task BadInput_HundredMegabytes_IsRefusedWithoutBeingRead()
    {
        await using var app = await AppProcess.StartAsync(TradingClient.Settings());
        var (client, database) = (TradingClient.Of(app), Sqlite(app));
        await client.SourceAsync("bad", "ticks", always: true);
        var before = await SettledHashesAsync(database);
        foreach (var path in (string[])[Rules, Snapshots, Ticks])
        {
            try
            {
                var (status, _) = await client.SendAsync(path, new StringBuilder("{\"note\": \"").Append('x', 100 * 1024 * 1024).Append("\"}").ToString());
                status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
            }
            catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
            {
                // Closed on us while we were still sending: refused as well.
            }
        }

        (await SettledHashesAsync(database)).ShouldBe(before);
        (await client.SendAsync("api/accounts", null, "GET")).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task ShouldRefuseAllAsync(AppProcess app, DatabaseView database)
    {
        var client = TradingClient.Of(app);
        await client.SourceAsync("bad", "ticks", always: true);
        var account = await client.AccountAsync("bad input", "bad");
        await client.HoldAsync(account, "CZCE.TA2505", "long", 10, 5400);
        (await TradingClient.EventuallyAsync(() => database.CountAsync("select count(*) from positions where long_position = 10"), rows => rows == 1)).ShouldBe(1);
        var before = await SettledHashesAsync(database);

        foreach (var (path, body, fields) in Inputs)
        {
            var (status, text) = await client.SendAsync(path, body.Replace("ACCOUNT", account, StringComparison.Ordinal));
            ((int)status).ShouldBeInRange(400, 499, $"{path} {body} → {text}");
            text.ShouldContain("\"title\"", Case.Sensitive, $"{path} {body} → {text}");
            foreach (var field in fields) text.ShouldContain($"\"{field}\"", Case.Sensitive, $"{path} {body} → {text}");
        }

        foreach (var (query, file, named) in Files)
        {
            var answer = (await client.ImportAsync(query, file)).ToJsonString();
            answer.ShouldContain("\"state\":\"refused\"", Case.Sensitive, $"{file} → {answer}");
            foreach (var name in named) answer.ShouldContain(name, Case.Sensitive, $"{file} → {answer}");
        }

        (await client.ItemsAsync("api/ticks/days")).ShouldBeEmpty("a refused file leaves no tick");
        (await SettledHashesAsync(database)).ShouldBe(before);
    }

    private static DatabaseView Sqlite(AppProcess app) => DatabaseView.OfSqlite(Path.Combine(app.DataDirectory, "quantdash.db"));

    /// <summary>Once the rows that follow the engine by half a second have been written.</summary>
    private static async Task<SortedDictionary<string, string>> SettledHashesAsync(DatabaseView database)
    {
        var hashes = await database.HashesAsync("service_status");
        while (true)
        {
            await Task.Delay(700);
            var again = await database.HashesAsync("service_status");
            if (again.SequenceEqual(hashes)) return again;
            hashes = again;
        }
    }

    private static string With(string json, string field, string value) => json[..^1] + $", \"{field}\": {value}}}";
}
