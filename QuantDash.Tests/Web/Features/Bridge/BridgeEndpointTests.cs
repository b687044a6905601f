using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Core.Engine;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage;
using QuantDash.Web.Trading;

namespace QuantDash.Tests.Web.Features.Bridge;

/// <summary>The bridge over HTTP and WebSocket as a program sees it.</summary>
public sealed class BridgeEndpointTests : IDisposable
{
    private const string Key = "bootstrap-key-for-tests";
    private readonly AppFactory _app = new()
    {
        Settings = { ["QuantDash:Auth:BootstrapApiKey"] = Key },
        Replace = services => services.AddSingleton<ITraderLease>(provider => new FalteringLease(provider.GetRequiredService<TraderLease>())),
    };
    private readonly HttpClient _client;
    private string _account = "";

    public BridgeEndpointTests()
    {
        _client = _app.CreateClient();
        _client.DefaultRequestHeaders.Add("X-API-Key", Key);
    }

    [Fact]
    public async Task Order_FromTheDecisionToTheFill_OverTheLongPoll()
    {
        await CreateAsync();
        var first = await PollAsync(wait: 20);
        first.GetProperty("snapshot_wanted").GetBoolean().ShouldBeTrue();
        first.GetProperty("items").GetArrayLength().ShouldBe(0);
        await ReconcileAsync(first.GetProperty("epoch").GetString()!);

        var waiting = PollAsync(wait: 30);
        await PlaceAsync();
        var command = (await waiting).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        (command.GetProperty("action").GetString(), command.GetProperty("side").GetString(), command.GetProperty("offset").GetString()).ShouldBe(("place", "sell", "open"));
        (command.GetProperty("symbol").GetString(), command.GetProperty("volume").GetDecimal(), command.GetProperty("price").GetDecimal()).ShouldBe(("CZCE.TA2701", 2m, 5500m));

        var id = command.GetProperty("client_order_id").GetString();
        var filled = new { client_order_id = id, status = "filled", filled_volume = 2, trade_volume = 2, price = 5500, trade_id = "T1", timestamp = DateTimeOffset.UtcNow };
        var answer = await PostAsync("reports", new object[] { filled, filled, new { client_order_id = "NOBODY-1", status = "accepted" } });
        answer.GetProperty("taken").GetInt32().ShouldBe(2);
        answer.GetProperty("unknown_ids").EnumerateArray().ShouldHaveSingleItem().GetString().ShouldBe("NOBODY-1");

        var order = (await GetAsync("/api/orders")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        order.GetProperty("status").GetString().ShouldBe("filled");
        (await GetAsync("/api/trades")).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task SecondPoll_WhileOneIsOpen_IsRefused()
    {
        await CreateAsync();
        await ReconcileAsync((await PollAsync(wait: 0)).GetProperty("epoch").GetString()!);
        var open = OpenAsync();
        HttpStatusCode second;
        do
        {
            // The long one may be the one that comes second.
            if (open.IsCompleted && (await open).StatusCode == HttpStatusCode.Conflict) open = OpenAsync();
            using var answer = await _client.GetAsync($"/api/bridge/{_account}/orders?wait=0");
            second = answer.StatusCode;
        }
        while (second == HttpStatusCode.OK);
        second.ShouldBe(HttpStatusCode.Conflict);
        await PlaceAsync();
        var taken = await open;
        taken.StatusCode.ShouldBe(HttpStatusCode.OK);
        JsonDocument.Parse(await taken.Content.ReadAsStringAsync()).RootElement.GetProperty("items").GetArrayLength().ShouldBe(1);

        Task<HttpResponseMessage> OpenAsync() => _client.GetAsync($"/api/bridge/{_account}/orders?wait=30");
    }

    [Fact]
    public async Task WrongReports_AreNamedAndTheOthersTaken()
    {
        await CreateAsync();
        await ReconcileAsync((await PollAsync(wait: 0)).GetProperty("epoch").GetString()!);
        await PlaceAsync();
        var id = (await PollAsync(wait: 5)).GetProperty("items")[0].GetProperty("client_order_id").GetString();
        using var answer = await _client.PostAsJsonAsync($"/api/bridge/{_account}/reports", new object[] { new { client_order_id = id, status = "half" }, new { client_order_id = id, status = "accepted" } });
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("[0].status");
        (await GetAsync("/api/orders")).GetProperty("items")[0].GetProperty("status").GetString().ShouldBe("accepted");
    }

    [Fact]
    public async Task TradesAndFunds_AreTakenOnceAndCompared()
    {
        await CreateAsync();
        await ReconcileAsync((await PollAsync(wait: 0)).GetProperty("epoch").GetString()!);
        var trade = new { trade_id = "X1", symbol = "TA2701", side = "buy", offset = "open", price = 5410, volume = 3, timestamp = DateTimeOffset.UtcNow.AddSeconds(1), client_order_id = "NOBODY-1" };
        var told = await PostToAsync("/api/trades", new { account_id = "880001", trades = new[] { trade, trade } });
        (told.GetProperty("booked").GetInt32(), told.GetProperty("repeated").GetInt32()).ShouldBe((1, 1));
        told.GetProperty("unknown_ids").EnumerateArray().ShouldHaveSingleItem().GetString().ShouldBe("NOBODY-1");
        (await GetAsync("/api/trades")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem().GetProperty("volume").GetDecimal().ShouldBe(3);

        using var wrong = await _client.PostAsJsonAsync("/api/trades", new { account_id = "880001", trades = new[] { new { trade_id = "X2", symbol = "TA2701", side = "up", price = 0, volume = 0, timestamp = 1 } } });
        wrong.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var named = await wrong.Content.ReadAsStringAsync();
        foreach (var field in (string[])["trades[0].side", "trades[0].price", "trades[0].volume"]) named.ShouldContain(field);

        var funds = await PostToAsync("/api/account_snapshots", new { account_id = _account, timestamp = DateTimeOffset.UtcNow, balance = 1_000_000, available = 900_000, margin = 100_000, currency = "CNY" });
        funds.GetProperty("balance").GetDecimal().ShouldBe(1_000_000);
    }

    [Fact]
    public async Task Socket_CarriesCommandsAndReports()
    {
        await CreateAsync();
        await ReconcileAsync((await PollAsync(wait: 0)).GetProperty("epoch").GetString()!);
        using var socket = await ConnectAsync();
        (await ReceiveAsync(socket)).GetProperty("items").GetArrayLength().ShouldBe(0);
        await PlaceAsync();
        var command = (await ReceiveAsync(socket)).GetProperty("items")[0];
        command.GetProperty("action").GetString().ShouldBe("place");
        var id = command.GetProperty("client_order_id").GetString();
        await socket.SendAsync(Encoding.UTF8.GetBytes($$"""{"client_order_id":"{{id}}","status":"accepted"}"""), WebSocketMessageType.Text, true, CancellationToken.None);
        (await ReceiveAsync(socket, "taken")).GetProperty("taken").GetInt32().ShouldBe(1);
        await socket.SendAsync(Encoding.UTF8.GetBytes("not json"), WebSocketMessageType.Text, true, CancellationToken.None);
        (await ReceiveAsync(socket, "problems")).GetProperty("problems").GetArrayLength().ShouldBe(1);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        (await GetAsync("/api/orders")).GetProperty("items")[0].GetProperty("status").GetString().ShouldBe("accepted");
    }

    /// <summary>A program that has nothing but the socket: it reconciles, tells its ticks, trades and funds, and is answered as over HTTP.</summary>
    [Fact]
    public async Task Socket_CarriesSnapshotsTradesFundsAndTicks()
    {
        await CreateAsync();
        using var socket = await ConnectAsync();
        var epoch = (await ReceiveAsync(socket)).GetProperty("epoch").GetString();
        await SendAsync(socket, new { request_id = "a", account_id = "880001", epoch = "another", positions = Array.Empty<object>() });
        (await ReceiveAsync(socket, "codes")).GetProperty("codes").GetProperty("epoch")[0].GetString().ShouldBe("wrong_epoch");
        await SendAsync(socket, new { request_id = "b", timestamp = DateTimeOffset.UtcNow, epoch, complete = true, positions = new[] { new { symbol = "CZCE.TA2701", long_position = 2, long_today = 2, long_avg_price = 5400 } } });
        var taken = await ReceiveAsync(socket, "differences");
        (taken.GetProperty("request_id").GetString(), taken.GetProperty("differences")[0].GetProperty("theirs").GetDecimal()).ShouldBe(("b", 2m));

        await SendAsync(socket, new { trades = new[] { new { trade_id = "X1", symbol = "TA2701", side = "buy", offset = "open", price = 5410, volume = 3, timestamp = DateTimeOffset.UtcNow.AddSeconds(1) } } });
        (await ReceiveAsync(socket, "booked")).GetProperty("booked").GetInt32().ShouldBe(1);
        await SendAsync(socket, new { timestamp = DateTimeOffset.UtcNow, balance = 1_000_000, currency = "CNY" });
        (await ReceiveAsync(socket, "balance")).GetProperty("balance").GetDecimal().ShouldBe(1_000_000);
        await SendAsync(socket, new { ticks = new object[] { new { symbol = "TA2701", timestamp = DateTimeOffset.UtcNow, last_price = 5410, volume = 1 } } });
        var ticks = await ReceiveAsync(socket, "accepted");
        (ticks.GetProperty("accepted").GetInt32() + ticks.GetProperty("rejected").GetInt32()).ShouldBe(1);
        await SendAsync(socket, new { source = "nowhere", ticks = Array.Empty<object>() });
        (await ReceiveAsync(socket, "codes")).GetProperty("codes").GetProperty("source")[0].GetString().ShouldBe("unknown_source");
        await SendAsync(socket, new { ticks = 5 });
        (await ReceiveAsync(socket, "status")).GetProperty("status").GetInt32().ShouldBe(422);
    }

    /// <summary>A terminal lists an option too: over HTTP and over the socket.</summary>
    [Fact]
    public async Task Snapshot_WithAContractThatNobodyKnows_IsTakenWithoutIt_AndOrdersGoOut()
    {
        await CreateAsync();
        var epoch = (await PollAsync(wait: 0)).GetProperty("epoch").GetString();
        object[] positions =
        [
            new { symbol = "CZCE.TA2701", long_position = 2, long_today = 2, long_avg_price = 5400 }, new { symbol = "SHFE.au2612C800", long_position = 3, short_position = 0 },
            new { symbol = "HK.99999", short_position = 1 }, new { symbol = "SHFE.au2612P800", long_position = 0, short_position = 0 },
        ];
        var taken = await PostToAsync("/api/position_snapshots", new { account_id = "880001", timestamp = DateTimeOffset.UtcNow, epoch, complete = true, positions });
        taken.GetProperty("ignored").EnumerateArray().Select(text => text.GetString()).ShouldBe(["SHFE.au2612C800", "HK.99999"]);
        taken.GetProperty("differences").EnumerateArray().ShouldHaveSingleItem().GetProperty("symbol").GetString().ShouldBe("CZCE.TA2701");
        (await PollAsync(wait: 0)).GetProperty("snapshot_wanted").GetBoolean().ShouldBeFalse("the gate is open");
        var compared = (await GetAsync("/api/reconciliation")).GetProperty("items").EnumerateArray().Single(account => account.GetProperty("account_id").GetString() == _account);
        compared.GetProperty("differences").EnumerateArray().Count(difference => difference.GetProperty("kind").GetString() == "contract").ShouldBe(2);

        using var socket = await ConnectAsync();
        await ReceiveAsync(socket);
        await SendAsync(socket, new { timestamp = DateTimeOffset.UtcNow, complete = true, positions });
        (await ReceiveAsync(socket, "ignored")).GetProperty("ignored").GetArrayLength().ShouldBe(2);
        ToldOf("snapshot.unknown_contract").ShouldHaveSingleItem().Values[1].ShouldBe("SHFE.au2612C800, HK.99999");
    }

    [Fact]
    public async Task Snapshot_ThatIsMalformed_IsRefused_AndTheTraderIsToldOnce()
    {
        await CreateAsync();
        object[] positions = [new { symbol = "CZCE.TA2701", long_position = "two" }, new { symbol = "SHFE.au2612C800", long_position = -1 }, new { long_position = 1 }];
        for (var i = 0; i < 2; i++)
        {
            using var answer = await _client.PostAsJsonAsync("/api/position_snapshots", new { account_id = "880001", timestamp = DateTimeOffset.UtcNow, complete = true, positions });
            answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
            var codes = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("codes");
            codes.EnumerateObject().Select(field => field.Name).ShouldBe(["positions[0].long_position", "positions[1].long_position", "positions[2].symbol"], ignoreOrder: true);
        }
        ToldOf("snapshot.refused").ShouldHaveSingleItem().Values.ShouldBe(["CTP", "positions[0].long_position not_a_number, positions[1].long_position negative, positions[2].symbol required"]);
    }

    /// <summary>A socket that only hears would look like a link while no order leaves.</summary>
    [Fact]
    public async Task Socket_WhoseCommandsFail_Ends_AndTheProgramComesAgain()
    {
        await CreateAsync();
        await ReconcileAsync((await PollAsync(wait: 0)).GetProperty("epoch").GetString()!);
        using var socket = await ConnectAsync("one");
        await ReceiveAsync(socket);
        var lease = (FalteringLease)_app.Services.GetRequiredService<ITraderLease>();
        lease.Falters = true;
        await PlaceAsync();
        (await EndsAsync(socket)).ShouldBeTrue();

        lease.Falters = false;
        using var again = await ConnectAsync("one");
        JsonElement items;
        do items = (await ReceiveAsync(again)).GetProperty("items");
        while (items.GetArrayLength() == 0);
        items[0].GetProperty("action").GetString().ShouldBe("place");
    }

    [Fact]
    public async Task Health_WithABridgeThatNobodyServes_IsDegraded()
    {
        await CreateAsync();
        var patience = System.Diagnostics.Stopwatch.StartNew(); // What health reads is published ten times a second.
        JsonElement bridge;
        while (!(await GetAsync("/health")).GetProperty("parts").TryGetProperty("bridge", out bridge)) 
        {
            patience.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60));
            await Task.Delay(20);
        }
        bridge.GetString().ShouldBe("missing");
    }

    public void Dispose()
    {
        _client.Dispose();
        _app.Dispose();
    }

    private async Task CreateAsync()
    {
        using var answer = await _client.PostAsJsonAsync("/api/accounts", new { name = "CTP", venue = "bridge", currency = "CNY", external_id = "880001" });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        _account = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private async Task ReconcileAsync(string epoch)
    {
        var position = new { symbol = "CZCE.TA2701", long_position = 2, long_today = 2, long_avg_price = 5400, short_position = 0 };
        using var answer = await _client.PostAsJsonAsync("/api/position_snapshots", new { account_id = "880001", timestamp = DateTimeOffset.UtcNow, epoch, complete = true, positions = new[] { position } });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    private async Task PlaceAsync()
    {
        using var answer = await _client.PostAsJsonAsync("/api/orders", new { account_id = _account, symbol = "TA2701", action = "lock", direction = "long", volume = 2, price = 5500 });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
    }

    private Task<JsonElement> PollAsync(int wait) => GetAsync($"/api/bridge/{_account}/orders?wait={wait}&after=0");

    private Task<JsonElement> GetAsync(string address) => _client.GetFromJsonAsync<JsonElement>(address);

    private Task<JsonElement> PostAsync(string part, object body) => PostToAsync($"/api/bridge/{_account}/{part}", body);

    private async Task<JsonElement> PostToAsync(string address, object body)
    {
        using var answer = await _client.PostAsJsonAsync(address, body);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private IEnumerable<TapeEvent> ToldOf(string key) => _app.Services.GetRequiredService<TradingRuntime>().Tape.ReadSince(0).Items.Where(told => told.Key == key);

    private Task<WebSocket> ConnectAsync(string program = "")
    {
        var connect = _app.Server.CreateWebSocketClient();
        connect.ConfigureRequest = request => request.Headers["X-API-Key"] = Key;
        return connect.ConnectAsync(new($"ws://localhost/ws/bridge/{_account}?program={program}"), CancellationToken.None);
    }

    private static Task SendAsync(WebSocket socket, object message) =>
        socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, CancellationToken.None);

    private static async Task<bool> EndsAsync(WebSocket socket)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            return (await socket.ReceiveAsync(new byte[1024], patience.Token)).MessageType == WebSocketMessageType.Close;
        }
        catch (IOException)
        {
            return true; // Without a word.
        }
    }

    /// <summary>The next message with this in it: a command that nobody answered for five seconds comes again in between.</summary>
    private static async Task<JsonElement> ReceiveAsync(WebSocket socket, string having)
    {
        while (true)
        {
            if (await ReceiveAsync(socket) is var message && message.TryGetProperty(having, out _)) return message;
        }
    }

    private static async Task<JsonElement> ReceiveAsync(WebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var read = await socket.ReceiveAsync(buffer, patience.Token);
        return JsonSerializer.Deserialize<JsonElement>(buffer.AsSpan(0, read.Count));
    }

    /// <summary>The database's answer is an error when it is told to be.</summary>
    private sealed class FalteringLease(ITraderLease lease) : ITraderLease
    {
        public bool Falters { get; set; }
        public TraderHolder? Holder => lease.Holder;
        public Task<string> FencedOff => lease.FencedOff;

        public bool TryTake() => lease.TryTake();

        public Task<bool> ConfirmAsync(CancellationToken stop) => Falters ? Task.FromException<bool>(new IOException("database gone")) : lease.ConfirmAsync(stop);
    }
}
