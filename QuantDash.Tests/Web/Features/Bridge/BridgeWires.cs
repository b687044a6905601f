using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Web.Features.Bridge;

public enum Transport { Poll, Socket, Table }

/// <summary>What a program was told: an epoch whose snapshot is wanted, or commands.</summary>
internal sealed record Told(string Epoch, bool SnapshotWanted, IReadOnlyList<(string Id, string Action)> Commands);

/// <summary>One of the three ways between a trader's program and QuantDash, with a plug to pull.</summary>
internal abstract class BridgeWire(AppFactory app, HttpClient client, string account)
{
    protected const string Name = "one";
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    protected AppFactory App { get; } = app;
    protected HttpClient Client { get; } = client;
    protected string Account { get; } = account;

    public static BridgeWire Of(Transport transport, AppFactory app, HttpClient client, string account) => transport switch
    {
        Transport.Poll => new PollWire(app, client, account),
        Transport.Socket => new SocketWire(app, client, account),
        Transport.Table => new TableWire(app, client, account),
        _ => throw new ArgumentOutOfRangeException(nameof(transport)),
    };

    /// <summary>Begins to ask, as a program does that was just started or found its link again.</summary>
    public abstract Task OpenAsync();

    /// <summary>The next thing told, be it that a snapshot is wanted.</summary>
    public abstract Task<Told> NextAsync();

    public abstract Task ReportAsync(object report);

    public abstract Task ReconcileAsync(object snapshot);

    /// <summary>Pulls the plug: what was under way is lost.</summary>
    public abstract Task CutAsync();

    protected static Told Read(JsonElement told) => new(
        told.GetProperty("epoch").GetString()!, told.GetProperty("snapshot_wanted").GetBoolean(),
        [.. told.GetProperty("items").EnumerateArray().Select(item => (item.GetProperty("client_order_id").GetString()!, item.GetProperty("action").GetString()!))]);

    private sealed class PollWire(AppFactory app, HttpClient client, string account) : BridgeWire(app, client, account)
    {
        private CancellationTokenSource? _plug;
        private Task<HttpResponseMessage>? _open;
        private long _after;

        public override Task OpenAsync()
        {
#pragma warning disable S2930 // Disposed in CutAsync, which every way out of a test passes
            _plug = new();
#pragma warning restore S2930 // As above
            Ask();
            return Task.CompletedTask;
        }

        public override async Task<Told> NextAsync()
        {
            while (true)
            {
                using var answer = await _open!.WaitAsync(Patience, CancellationToken.None);
                answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(CancellationToken.None));
                var told = await answer.Content.ReadFromJsonAsync<JsonElement>(CancellationToken.None);
                foreach (var item in told.GetProperty("items").EnumerateArray()) _after = item.GetProperty("sequence").GetInt64();
                Ask();
                var read = Read(told);
                if (read.SnapshotWanted || read.Commands.Count > 0) return read;
            }
        }

        public override async Task ReportAsync(object report)
        {
            using var answer = await Client.PostAsJsonAsync($"/api/bridge/{Account}/reports", report, CancellationToken.None);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(CancellationToken.None));
        }

        public override async Task ReconcileAsync(object snapshot)
        {
            using var answer = await Client.PostAsJsonAsync("/api/position_snapshots", snapshot, CancellationToken.None);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(CancellationToken.None));
        }

        public override async Task CutAsync()
        {
            if (_plug is not { } plug) return;
            await plug.CancelAsync();
            await ((Task)_open!).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            plug.Dispose();
            _plug = null;
        }

        private void Ask() => _open = Client.GetAsync($"/api/bridge/{Account}/orders?wait=20&after={_after}&program={Name}", _plug!.Token);
    }

    private sealed class SocketWire(AppFactory app, HttpClient client, string account) : BridgeWire(app, client, account)
    {
        private WebSocket? _socket;

        public override async Task OpenAsync()
        {
            var connect = App.Server.CreateWebSocketClient();
            connect.ConfigureRequest = request => request.Headers["X-API-Key"] = BridgeCutTests.Key;
            _socket = await connect.ConnectAsync(new($"ws://localhost/ws/bridge/{Account}?program={Name}"), CancellationToken.None);
        }

        public override async Task<Told> NextAsync()
        {
            while (true)
            {
                var message = await ReceiveAsync();
                if (!message.TryGetProperty("epoch", out _)) continue;
                var read = Read(message);
                if (read.SnapshotWanted || read.Commands.Count > 0) return read;
            }
        }

        public override Task ReportAsync(object report) => SendAsync(report);

        public override Task ReconcileAsync(object snapshot) => SendAsync(snapshot);

        public override Task CutAsync()
        {
            _socket?.Abort();
            _socket = null;
            return Task.CompletedTask;
        }

        private Task SendAsync(object message) => _socket!.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, CancellationToken.None);

        private async Task<JsonElement> ReceiveAsync()
        {
            var buffer = new byte[64 * 1024];
            using var patience = new CancellationTokenSource(Patience);
            var read = await _socket!.ReceiveAsync(buffer, patience.Token);
            return JsonSerializer.Deserialize<JsonElement>(buffer.AsSpan(0, read.Count));
        }
    }

    private sealed class TableWire(AppFactory app, HttpClient client, string account) : BridgeWire(app, client, account)
    {
        private readonly TableProgram _program = new(TableProgram.Sqlite(Path.Combine(BridgeCutTests.DataOf(app), "quantdash.db")), account, Name);

        // Twice: the first question after a start of QuantDash is not heard.
        public override async Task OpenAsync()
        {
            await _program.AskAndBeSeenAsync();
            await _program.AskAndBeSeenAsync();
        }

        public override async Task<Told> NextAsync()
        {
            await _program.AskAsync(); // A question holds for fifteen seconds.
            var epoch = await _program.EpochAsync();
            var rows = await _program.UntilAsync(
                $"SELECT l.snapshot_wanted, c.client_order_id, c.action FROM bridge_links l LEFT JOIN order_commands c ON c.account_id = l.account_id AND c.ended_at IS NULL AND c.epoch = l.epoch AND c.program = '{Name}' WHERE l.account_id = '{Account}'",
                rows => Convert.ToInt64(rows[0][0]) == 1 || rows[0][1] is string);
            var wanted = Convert.ToInt64(rows[0][0]) == 1;
            return new(epoch, wanted, wanted ? [] : [.. rows.Select(row => ((string)row[1], (string)row[2]))]);
        }

        public override async Task ReportAsync(object report)
        {
            var fields = JsonSerializer.SerializeToNode(report)!.AsObject().Where(field => field.Value is not null).ToList();
            await _program.RunAsync(
                $"INSERT INTO order_reports (account_id, {string.Join(", ", fields.Select(field => field.Key))}) VALUES ('{Account}', {string.Join(", ", fields.Select(field => Literal(field.Value!)))})");
            await _program.TakenAsync();
        }

        public override async Task ReconcileAsync(object snapshot)
        {
            await _program.SendAsync(JsonSerializer.Serialize(snapshot));
            (await _program.TakenAsync())[^1].Problem.ShouldBeNull();
            await _program.UntilAsync($"SELECT snapshot_wanted FROM bridge_links WHERE account_id = '{Account}'", rows => Convert.ToInt64(rows[0][0]) == 0);
        }

        // What it would have to lose stands in the tables: it only stops asking.
        public override Task CutAsync() => Task.CompletedTask;

        private static string Literal(JsonNode value) => value.GetValueKind() == JsonValueKind.String ? $"'{value.GetValue<string>()}'" : value.ToJsonString();
    }
}
