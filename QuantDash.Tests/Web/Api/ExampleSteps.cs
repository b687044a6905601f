using System.Globalization;

namespace QuantDash.Tests.Web.Api;

/// <summary>One request of the run from which the document's examples are taken.</summary>
/// <param name="Operation">As the document calls it; null: only to get there.</param>
/// <param name="Path">What is asked, with {names} of what came before.</param>
/// <param name="Body">Null: none.</param>
/// <param name="Capture">What of the answer is kept under a name: <c>rule=id</c>, <c>lock=items.0.id</c>.</param>
/// <param name="Answer">An operation that cannot be brought about in a few steps: its answer is of the same kind as that of this one, or of a part of it (<c>GET /api/locks items.0</c>). Its body is sent all
/// the same and must not be refused for its shape.</param>
/// <param name="Raw">The same, written out; empty: it has none.</param>
internal sealed record ExampleStep(string? Operation, string Path, string? Body = null, string? Capture = null, string? Answer = null, string? Raw = null)
{
    public string Method => Operation?.Split(' ')[0] ?? (Body is null ? "GET" : "POST");
}

/// <summary>A morning of a trader in requests: every operation of the API once.</summary>
internal static class ExampleSteps
{
    private const string Settled = """{"id":"QD20250106-1-1","outcome":"filled","books":3,"remaining":0,"leg":"long","leg_before":10,"leg_after":13,"then":"nothing"}""";
    private const string Replay = """{"id":"019a9f10-0000-7000-8000-000000000001","from":"live","to":"replay","trading_day":"2025-01-06","symbols":["CZCE.TA2505"],"state":"running","speed":10,"started_at":"2025-01-07T08:00:00.000Z","ended_at":null,"begin":"2025-01-06T01:00:00.000Z","end":"2025-01-06T07:00:00.000Z","position":"2025-01-06T01:30:00.000Z","total":28000,"played":2400,"accepted":2400,"rejected":0,"progress":0.0857,"error":null}""";

    public static IReadOnlyList<ExampleStep> All { get; } =
    [
        new("GET /health", "/health"),
        new("POST /api/sources", "/api/sources", """{"name":"live","clock":"ticks","overrides":{"sessions":"always","expiry":"none"}}"""),
        new("GET /api/sources", "/api/sources"),
        new("POST /api/accounts", "/api/accounts", """{"name":"Main","venue":"simulated","currency":"CNY","initial_balance":1000000,"source":"live","external_id":"Q1"}""", "account=id"),
        new(null, "/api/accounts", """{"name":"CTP","venue":"bridge","currency":"CNY","source":"live","external_id":"880001"}"""),
        new("PUT /api/accounts/{id}", "/api/accounts/Q1", """{"name":"Main account"}"""),
        new("GET /api/accounts", "/api/accounts"),
        new(null, "/api/accounts", """{"name":"Last year","venue":"simulated","currency":"CNY","source":"live","external_id":"Q0"}"""),
        new("POST /api/accounts/{id}/close", "/api/accounts/Q0/close"),
        new("POST /api/accounts/{id}/reopen", "/api/accounts/Q0/reopen"),
        new(null, "/api/accounts/Q0/close", "{}"),
        new("GET /api/demo", "/api/demo"),
        new("PUT /api/demo", "/api/demo", """{"enabled":false}"""),
        Ticks("POST /api/ticks", 5000, 0),
        new("GET /api/instruments", "/api/instruments?symbol=CZCE.TA2505"),
        new("POST /api/alerts", "/api/alerts", """{"account_id":"Q1","symbol":"CZCE.TA2505","price":9000,"direction":"above","note":"the gap of May"}""", "alert=id"),
        new("GET /api/alerts", "/api/alerts"),
        new("PUT /api/alerts/{id}", "/api/alerts/{alert}", """{"price":9100}"""),
        new("DELETE /api/alerts/{id}", "/api/alerts/{alert}"),
        new("POST /api/main_contracts", "/api/main_contracts", """{"symbol":"SHFE.au2912","follows":true}"""),
        new("GET /api/main_contracts", "/api/main_contracts"),
        new("GET /api/subscriptions", "/api/subscriptions?source=live"),
        new("POST /api/position_snapshots", "/api/position_snapshots", """{"account_id":"Q1","timestamp":"2025-01-06T01:30:00Z","complete":true,"positions":[{"symbol":"CZCE.TA2505","long_position":10,"long_today":0,"long_avg_price":5000,"short_position":0}]}"""),
        new("GET /api/positions", "/api/positions?account_id=Q1"),
        new("PUT /api/risk_limits", "/api/risk_limits", """{"account_id":"Q1","limits":{"max_order_volume":500,"max_total_exposure":5000000,"max_daily_trades":1000,"max_daily_loss":50000,"price_band":0.1,"duplicate_window":2,"max_orders_per_second":500},"contracts":[{"symbol":"CZCE.TA2505","max_position":400}]}"""),
        new("GET /api/risk_limits", "/api/risk_limits?account_id=Q1"),
        .. Strategies, .. Rules, .. Locks, .. Orders, .. Bridge, .. Records, .. Machine,
    ];

    private static IEnumerable<ExampleStep> Strategies =>
    [
        new("GET /api/strategy_definitions", "/api/strategy_definitions"),
        new("POST /api/strategies", "/api/strategies", """{"name":"PTA cross","strategy":"sma-cross","account_id":"Q1","symbols":["CZCE.TA2505"],"bar_length":"5m","parameters":[{"name":"fast","value":5},{"name":"slow","value":20}],"mode":"paper","priority":1,"hours":"between","from":"09:00","to":"14:55"}""", "strategy=id"),
        new("GET /api/strategies", "/api/strategies"),
        new("PUT /api/strategies/{id}", "/api/strategies/{strategy}", """{"parameters":[{"name":"fast","value":8},{"name":"slow","value":21}]}"""),
        new("POST /api/strategies/{id}/start", "/api/strategies/{strategy}/start"),
        new("POST /api/strategies/{id}/pause", "/api/strategies/{strategy}/pause"),
        new("POST /api/strategies/{id}/resume", "/api/strategies/{strategy}/resume"),
        new("POST /api/strategies/{id}/flatten", "/api/strategies/{strategy}/flatten", Answer: "POST /api/strategies/{id}/resume"),
        new("GET /api/strategies/{id}/signals", "/api/strategies/{strategy}/signals"),
        new("POST /api/strategies/{id}/stop", "/api/strategies/{strategy}/stop", """{"reason":"before the holidays"}"""),
        new("DELETE /api/strategies/{id}", "/api/strategies/{strategy}"),
    ];

    private static IEnumerable<ExampleStep> Rules =>
    [
        new("POST /api/lock/templates", "/api/lock/templates", """{"name":"Half at 50 ticks","target_ticks":50,"stop_ticks":20,"ratio":0.5}""", "template=id"),
        new("GET /api/lock/templates", "/api/lock/templates"),
        new("PUT /api/lock/templates/{id}", "/api/lock/templates/{template}", """{"name":"Half at 60 ticks","target_ticks":60,"stop_ticks":20,"ratio":0.5}"""),
        new("POST /api/lock/configs", "/api/lock/configs", """{"account_id":"Q1","symbol":"CZCE.TA2505","direction":"long","trigger_type":"profit","profit_lock_enabled":true,"profit_lock_threshold":10000,"profit_lock_ratio":0.8,"auto_execute":false}""", "rule=id"),
        new("GET /api/lock/configs", "/api/lock/configs?account_id=Q1"),
        new("GET /api/lock/configs/{id}", "/api/lock/configs/{rule}"),
        new("GET /api/lock/configs/{id}/explain", "/api/lock/configs/{rule}/explain"),
        new("GET /api/lock/configs.csv", "/api/lock/configs.csv"),
        new("PUT /api/lock/configs/{id}", "/api/lock/configs/{rule}", """{"confirm_timeout":900,"note":"before the holidays"}"""),
        new("POST /api/lock/configs/switch", "/api/lock/configs/switch", """{"ids":["{rule}"],"is_enabled":true}"""),
        new("POST /api/lock/configs/bulk", "/api/lock/configs/bulk", """{"template_id":"{template}","legs":[{"account_id":"Q1","symbol":"CZCE.TA2505","direction":"long"}],"save":false}"""),
        new("POST /api/lock/configs/import", "/api/lock/configs/import", """{"items":[{"account_id":"Q1","symbol":"CZCE.TA2505","direction":"long","trigger_type":"price","trigger_price":5600}],"save":false}"""),
        new("GET /api/lock/readiness", "/api/lock/readiness?account_id=Q1"),
        new("POST /api/lock/preview", "/api/lock/preview", """{"account_id":"Q1","symbol":"CZCE.TA2505","direction":"long","volume":8,"price":5000}"""),
        new("POST /api/lock/rehearsal", "/api/lock/rehearsal", """{"account_id":"Q1","gap_percent":3,"margin_step_percent":5}"""),
    ];

    private static IEnumerable<ExampleStep> Locks =>
    [
        Ticks(null, 5200, 1), Ticks(null, 5200, 2),
        new("GET /api/lock/triggers", "/api/lock/triggers", Capture: "trigger=items.0.id"),
        new("GET /api/lock/triggers/{id}", "/api/lock/triggers/{trigger}"),
        new("POST /api/lock/execute/{id}", "/api/lock/execute/{trigger}", """{"shown_price":5200}"""),
        Ticks(null, 5200, 3), Ticks(null, 5200, 4),
        new("GET /api/lock/executions", "/api/lock/executions"),
        new("GET /api/lock/triggers.csv", "/api/lock/triggers.csv"),
        new("GET /api/lock/executions.csv", "/api/lock/executions.csv"),
        new("POST /api/lock/triggers/{id}/cancel", "/api/lock/triggers/{trigger}/cancel", Answer: "GET /api/lock/triggers/{id}"),
        new("POST /api/lock/triggers/{id}/done", "/api/lock/triggers/{trigger}/done", """{"note":"locked at the counter"}""", Answer: "GET /api/lock/triggers/{id}"),
        new("GET /api/locks", "/api/locks", Capture: "lock=items.0.id"),
        new("POST /api/lock/unlock/preview", "/api/lock/unlock/preview", """{"lock_id":"{lock}","legs":"short","volume":2}"""),
        new("POST /api/lock/unlock", "/api/lock/unlock", """{"lock_id":"{lock}","legs":"short","volume":2}"""),
        Ticks(null, 5200, 5), Ticks(null, 5200, 6),
        new("GET /api/lock/report", "/api/lock/report?account_id=Q1"),
        new("GET /api/lock/report.csv", "/api/lock/report.csv"),
        new("POST /api/locks/{id}/relock", "/api/locks/{lock}/relock", """{"type":"limit","price":5200}""", Answer: "POST /api/lock/unlock"),
        new("POST /api/locks/{id}/close", "/api/locks/{lock}/close", """{"type":"market"}""", Answer: "POST /api/lock/unlock"),
        new("POST /api/locks/adopt", "/api/locks/adopt", """{"account_id":"Q1","symbol":"CZCE.TA2505","volume":2}""", Answer: "GET /api/locks items.0"),
        new("POST /api/locks/decline", "/api/locks/decline", """{"account_id":"Q1","symbol":"CZCE.TA2505"}""", Answer: "GET /api/locks items.0"),
    ];

    private static IEnumerable<ExampleStep> Orders =>
    [
        new("GET /api/accounts/{id}/max_quantity", "/api/accounts/Q1/max_quantity?symbol=CZCE.TA2505&side=buy&price=5100&offset=open"),
        new("POST /api/orders", "/api/orders", """{"account_id":"Q1","symbol":"CZCE.TA2505","action":"open","direction":"long","volume":3,"price":5100}""", "order=id"),
        Ticks(null, 5200, 7),
        new("GET /api/orders", "/api/orders?account_id=Q1&limit=1"),
        new("GET /api/orders/{id}", "/api/orders/{order}"),
        new("POST /api/orders/{id}/replace/preview", "/api/orders/{order}/replace/preview", """{"price":5110,"volume":2}"""),
        new("POST /api/orders/{id}/replace", "/api/orders/{order}/replace", """{"price":5110,"volume":2}"""),
        new(null, "/api/orders", """{"account_id":"Q1","symbol":"CZCE.TA2505","action":"open","direction":"long","volume":1,"price":5050}""", "second=id"),
        Ticks(null, 5200, 8),
        new("POST /api/orders/{id}/cancel", "/api/orders/{second}/cancel"),
        new("POST /api/orders/{id}/settle/preview", "/api/orders/{order}/settle/preview", """{"outcome":"filled","filled_volume":3,"price":5100}""", Raw: Settled),
        new("POST /api/orders/{id}/settle", "/api/orders/{order}/settle", """{"outcome":"filled","filled_volume":3,"price":5100}""", Answer: "POST /api/orders"),
        new("GET /api/trades", "/api/trades?account_id=Q1&limit=1"),
        new("GET /api/trades/totals", "/api/trades/totals?account_id=Q1"),
        new("GET /api/orders.csv", "/api/orders.csv?account_id=Q1"),
        new("GET /api/trades.csv", "/api/trades.csv?account_id=Q1"),
        new("POST /api/held_orders", "/api/held_orders", """{"account_id":"Q1","symbol":"CZCE.TA2505","kind":"stop_limit","level":5300,"action":"open","direction":"long","volume":3,"price":5310,"this_day":true}""", "held=id"),
        new("GET /api/held_orders", "/api/held_orders?status=waiting"),
        new("GET /api/held_orders/{id}", "/api/held_orders/{held}"),
        new("DELETE /api/held_orders/{id}", "/api/held_orders/{held}"),
        new("GET /api/protection", "/api/protection?account_id=Q1"),
    ];

    private static IEnumerable<ExampleStep> Bridge =>
    [
        new("GET /api/bridge/{account_id}/orders", "/api/bridge/880001/orders?wait=0&after=0", Capture: "epoch=epoch"),
        new(null, "/api/position_snapshots", """{"account_id":"880001","epoch":"{epoch}","timestamp":"2025-01-06T01:31:00Z","complete":true,"positions":[]}"""),
        new("POST /api/bridge/{account_id}/reports", "/api/bridge/880001/reports", """{"client_order_id":"QD20250106-1-1","status":"filled","filled_volume":3,"trade_volume":3,"price":5100,"trade_id":"T1001","timestamp":"2025-01-06T01:31:00Z"}"""),
        new("POST /api/bridge/{account_id}/orders/{client_order_id}/settle", "/api/bridge/880001/orders/QD20250106-1-1/settle", """{"outcome":"filled","filled_volume":3,"price":5100}""", Raw: """{"id":"QD20250106-1-1","status":"filled","filled_volume":3}"""),
        new("POST /api/trades", "/api/trades", """{"account_id":"880001","trades":[{"trade_id":"T2001","symbol":"CZCE.TA2505","side":"buy","offset":"open","price":5200,"volume":2,"timestamp":"2025-01-06T01:31:02Z"}]}"""),
        new("POST /api/account_snapshots", "/api/account_snapshots", """{"account_id":"880001","timestamp":"2025-01-06T01:31:03Z","balance":1000000,"available":990000,"margin":7280,"currency":"CNY"}"""),
        new("GET /api/reconciliation", "/api/reconciliation?account_id=880001"),
        new("POST /api/reconciliation/{account_id}", "/api/reconciliation/880001"),
        new("POST /api/reconciliation/{account_id}/adopt", "/api/reconciliation/880001/adopt", """{"key":"position CZCE.TA2505 long","shown":2}""", Answer: "POST /api/reconciliation/{account_id}"),
        new("GET /api/reconciliation/runs", "/api/reconciliation/runs"),
    ];

    private static IEnumerable<ExampleStep> Records =>
    [
        new("GET /api/equity", "/api/equity?account_id=Q1"),
        new("POST /api/cash_flow", "/api/cash_flow", """{"account_id":"Q1","amount":50000,"note":"bonus"}"""),
        new("GET /api/cash_flow", "/api/cash_flow?account_id=Q1"),
        new("GET /api/performance", "/api/performance?account_id=Q1&risk_free=0.02"),
        new("GET /api/daily_results", "/api/daily_results?account_id=Q1"),
        new("GET /api/settlements", "/api/settlements?account_id=Q1"),
        new("POST /api/settlements/import", "/api/settlements/import", """{"account_id":"Q1","file_name":"trades.csv","text":"trade_id,symbol,side,offset,volume,price,commission,trading_day\r\n90001,CZCE.TA2505,buy,open,1,5000,3,2025-01-06\r\n"}""", "statement=statement.id"),
        new("GET /api/settlements/imports", "/api/settlements/imports?account_id=Q1"),
        new("GET /api/settlements/imports/{id}", "/api/settlements/imports/{statement}"),
        new("GET /api/settlements/imports/{id}/text", "/api/settlements/imports/{statement}/text"),
        new("GET /api/settlements/imports/{id}/differences.csv", "/api/settlements/imports/{statement}/differences.csv"),
        new("GET /api/settlements/{account}/{day}", "/api/settlements/Q1/2025-01-06"),
        new("GET /api/settlements.csv", "/api/settlements.csv?account_id=Q1"),
        new("POST /api/exchange_rates", "/api/exchange_rates", """{"from_currency":"USD","to_currency":"CNY","rate":7.1,"as_of":"2025-01-06T00:00:00Z"}"""),
        new("GET /api/exchange_rates", "/api/exchange_rates"),
        new("DELETE /api/exchange_rates/{from}/{to}/{asOf}", "/api/exchange_rates/USD/CNY/2025-01-06T00:00:00Z"),
        new("POST /api/emergency/preview", "/api/emergency/preview", """{"account_id":"Q1","then":"lock_all"}""", "plan=plan"),
        new("POST /api/emergency/stop", "/api/emergency/stop", """{"account_id":"Q1","then":"lock_all","shown":"{plan}","reason":"network trouble at the broker"}"""),
        new("POST /api/emergency/resume", "/api/emergency/resume", """{"account_id":"Q1","reason":"the broker is back"}"""),
        new("POST /api/ticks/import", "/api/ticks/import?source=imported&on_error=refuse", "timestamp,symbol,last_price,volume\n2025-01-06T01:30:00Z,CZCE.TA2505,5000,1000\n2025-01-06T01:30:01Z,CZCE.TA2505,5002,1010\n", "import=id"),
        new("GET /api/ticks/imports", "/api/ticks/imports"),
        new("GET /api/ticks/imports/{id}", "/api/ticks/imports/{import}"),
        new("POST /api/ticks/imports/{id}/cancel", "/api/ticks/imports/{import}/cancel", Answer: "GET /api/ticks/imports/{id}"),
        new("GET /api/ticks/days", "/api/ticks/days", Raw: """{"items":[{"source":"live","symbol":"CZCE.TA2505","trading_day":"2025-01-06","ticks":28000}],"next_cursor":null}"""),
        new("POST /api/replays", "/api/replays", """{"from":"live","to":"replay","trading_day":"2025-01-06","symbols":["CZCE.TA2505"],"speed":10}""", Raw: Replay),
        new("GET /api/replays", "/api/replays", Raw: $$"""{"items":[{{Replay}}],"next_cursor":null}"""),
        .. new[] { ("GET", ""), ("POST", "/pause"), ("POST", "/resume"), ("POST", "/stop") }.Select(ask => new ExampleStep($"{ask.Item1} /api/replays/{{id}}{ask.Item2}", $"/api/replays/{{rule}}{ask.Item2}", Raw: Replay)),
        new("POST /api/replays/{id}/speed", "/api/replays/{rule}/speed", """{"speed":2}""", Raw: Replay),
        new("POST /api/replays/{id}/seek", "/api/replays/{rule}/seek", """{"at":"2025-01-06T02:00:00Z"}""", Raw: Replay),
        new("DELETE /api/lock/configs/{id}", "/api/lock/configs/{rule}"),
        new("DELETE /api/lock/templates/{id}", "/api/lock/templates/{template}"),
    ];

    private static IEnumerable<ExampleStep> Machine =>
    [
        new("GET /api/services", "/api/services"),
        new("POST /api/services/{name}/stop", "/api/services/service_reporter/stop"),
        new("POST /api/services/{name}/start", "/api/services/service_reporter/start"),
        new("POST /api/services/{name}/restart", "/api/services/service_reporter/restart"),
        new("POST /api/backups", "/api/backups"),
        new("GET /api/backups", "/api/backups"),
        new("POST /api/test-notification", "/api/test-notification", """{"title":"Trial","message":"Does this reach you?"}""", Raw: """{"delivered":true,"id":"019a9f10-0000-7000-8000-000000000002","title":"Trial","message":"Does this reach you?"}"""),
        new("POST /api/jobs/{key}/{action}", "/api/jobs/lock-execution/run"),
        new("GET /api/jobs", "/api/jobs"),
        new("GET /api/jobs/servers", "/api/jobs/servers"),
        new("GET /api/jobs/history", "/api/jobs/history?limit=1"),
        new("GET /api/audit", "/api/audit?limit=1"),
        new("GET /api/audit/export.csv", "/api/audit/export.csv?limit=1"),
        new("GET /api/audit/export.json", "/api/audit/export.json?limit=1"),
        new("GET /api/audit/verify", "/api/audit/verify"),
        new("POST /api/keys", "/api/keys", """{"name":"bridge at the office","scopes":["bridge"]}""", "key=id"),
        new("GET /api/keys", "/api/keys"),
        new("DELETE /api/keys/{id}", "/api/keys/{key}"),
        .. People, .. Channels,
    ];

    private static IEnumerable<ExampleStep> People =>
    [
        new("POST /api/users", "/api/users", """{"name":"mei","role":"viewer"}""", "person=user.id"),
        new("GET /api/users", "/api/users"),
        new("PUT /api/users/{id}", "/api/users/{person}", """{"role":"trader"}"""),
        new("POST /api/users/{id}/reset", "/api/users/{person}/reset"),
        new("GET /api/sessions", "/api/sessions"),
        new("DELETE /api/sessions/{id}", "/api/sessions/{person}", Raw: ""),
        new("POST /api/session/confirm", "/api/session/confirm", """{"secret":"the password, or a code of the app"}""", Raw: ""),
        new("DELETE /api/users/{id}", "/api/users/{person}"),
    ];

    private static IEnumerable<ExampleStep> Channels =>
    [
        new("POST /api/notification_channels", "/api/notification_channels", """{"name":"Phone","kind":"ntfy","is_enabled":false,"settings":{"url":"https://ntfy.sh/your-own-topic"}}""", "channel=id"),
        new("GET /api/notification_channels", "/api/notification_channels"),
        new("PUT /api/notification_channels/{id}", "/api/notification_channels/{channel}", """{"name":"My phone"}"""),
        new("POST /api/notification_channels/{id}/test", "/api/notification_channels/{key}/test", Raw: """{"delivered":true,"id":"019a9f10-0000-7000-8000-000000000003","name":"Phone"}"""),
        new("DELETE /api/notification_channels/{id}", "/api/notification_channels/{channel}"),
        new("PUT /api/notification_settings", "/api/notification_settings", """{"quiet_from":"22:30","quiet_to":"07:00","available_below":50000,"events":[{"key":"feed.live","mode":"silent"}]}"""),
        new("GET /api/notification_settings", "/api/notification_settings"),
    ];

    private static ExampleStep Ticks(string? operation, int last, int second) => new(operation, "/api/ticks?source=live", string.Create(CultureInfo.InvariantCulture, $"[{ApiRig.Tick(last, second)}]"));
}
