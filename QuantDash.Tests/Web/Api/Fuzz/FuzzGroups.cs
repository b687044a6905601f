namespace QuantDash.Tests.Web.Api.Fuzz;

/// <summary>Requests that the API takes, by group of endpoints.</summary>
internal static class FuzzGroups
{
    private const string Rule = """{"account_id":"Q1","symbol":"CZCE.TA2505","direction":"long","trigger_type":"profit","profit_lock_enabled":true,"profit_lock_threshold":10000000,"profit_lock_ratio":0.8,"also":["price"],"trigger_price":9000,"stop_loss_price":1000,"confirm_ticks":2,"valid_until":"2030-01-01T00:00:00Z","note":"fuzz"}""";
    private const string Ladder = """{"account_id":"{account}","symbol":"TA505","direction":"long","trigger_type":"price","stages":[{"level":9000,"ratio":0.3},{"level":9100,"ratio":0.3}],"auto_execute":false,"shadow":true,"confirm_timeout":60}""";
    private const string Template = """{"name":"fuzz","target_ticks":50,"stop_ticks":20,"ratio":0.5,"trailing_ticks":10,"confirm_timeout":60}""";
    private const string Order = """{"account_id":"Q1","symbol":"CZCE.TA2505","action":"open","direction":"long","volume":1,"price":5400,"time_in_force":"day"}""";
    private const string Held = """{"account_id":"Q1","symbol":"TA505","kind":"stop_limit","level":8000,"action":"open","direction":"long","volume":3,"price":8010,"this_day":true}""";
    private const string Tick = """[{"symbol":"CZCE.TA2505","timestamp":"2025-01-06T01:40:00Z","last_price":5500,"volume":2000,"open_interest":100,"bid_price":5498,"bid_volume":5,"ask_price":5502,"ask_volume":5},{"symbol":"DCE.v2505","timestamp":1736127600000,"last_price":5300}]""";
    private const string Positions = """{"account_id":"880001","timestamp":"2025-01-06T01:40:00Z","epoch":"{epoch}","complete":true,"positions":[{"symbol":"CZCE.TA2505","long_position":10,"long_today":2,"long_avg_price":5400,"short_position":0,"short_today":0,"short_avg_price":0}]}""";
    private const string Trades = """{"account_id":"880001","trades":[{"trade_id":"T1","symbol":"CZCE.TA2505","side":"buy","offset":"open","price":5400,"volume":10,"timestamp":"2025-01-06T01:30:00Z"}]}""";

    private const string Traded = """{"account_id":"Q1","file_name":"trades.csv","text":"trade_id,symbol,side,offset,volume,price,commission,trading_day\r\n90001,CZCE.TA2505,buy,open,1,5000,3,2025-01-06\r\n"}""";
    private static readonly string Statement = StatementApiTests.Body("text", StatementApiTests.Statement);

    public static IReadOnlyDictionary<string, IReadOnlyList<FuzzSeed>> All { get; } = new Dictionary<string, IReadOnlyList<FuzzSeed>>(StringComparer.Ordinal)
    {
        ["accounts"] =
        [
            new("POST", "/api/accounts", """{"name":"fuzz","venue":"simulated","currency":"CNY","initial_balance":100000,"source":"test"}""", Weight: 2),
            new("POST", "/api/accounts", """{"name":"fuzz","venue":"bridge","currency":"CNY","source":"test","external_id":"880001"}""", Weight: 4, IsAccepted: false),
            new("PUT", "/api/accounts/{account}", """{"name":"test","external_id":"Q1"}""", Weight: 6),
            new("POST", "/api/accounts/{account}/close", IsAccepted: false), // It holds positions.
            new("POST", "/api/accounts/{account}/reopen", IsAccepted: false),
            new("PUT", "/api/demo", """{"enabled":true}""", IsAccepted: false), // The configuration decides it.
            new("PUT", "/api/risk_limits", """{"account_id":"{account}","limits":{"max_order_volume":500,"max_order_size":1000000,"max_total_exposure":5000000.5,"max_daily_trades":1000,"max_daily_loss":50000,"price_band":0.1,"duplicate_window":2.5,"max_orders_per_second":500},"contracts":[{"symbol":"TA505","max_position":400,"price_band_ticks":50}]}""", Weight: 6),
            new("POST", "/api/sources", """{"name":"test","clock":"wall","overrides":{"sessions":"always","expiry":"none"}}""", Weight: 4, IsAccepted: false),
            new("POST", "/api/keys", """{"name":"fuzz","scopes":["read","trade"]}""", Weight: 30, Undo: "/api/keys/{id}"),
            new("DELETE", "/api/keys/{order}", IsAccepted: false),
        ],
        ["strategies"] =
        [
            new("POST", "/api/strategies", """{"name":"fuzz","strategy":"sma-cross","account_id":"Q1","symbols":["TA505"],"bar_length":"5m","parameters":[{"name":"fast","value":5},{"name":"slow","value":"20"}],"mode":"shadow","priority":1,"hours":"between","from":"09:00","to":"14:55","is_active":true}""", Weight: 6, Undo: "/api/strategies/{id}"),
            new("PUT", "/api/strategies/{order}", """{"priority":2}""", IsAccepted: false),
            new("DELETE", "/api/strategies/{order}", IsAccepted: false),
            new("POST", "/api/strategies/{order}/start", IsAccepted: false),
            new("POST", "/api/strategies/{order}/stop", """{"reason":"fuzz"}""", IsAccepted: false),
            new("POST", "/api/strategies/{order}/pause", IsAccepted: false),
            new("POST", "/api/strategies/{order}/resume", IsAccepted: false),
            new("POST", "/api/strategies/{order}/flatten", IsAccepted: false),
            new("GET", "/api/strategies/{order}/signals?execution_result=success&limit=5", IsAccepted: false),
        ],
        ["rules"] =
        [
            new("POST", "/api/lock/configs", Rule, Weight: 3, Undo: "/api/lock/configs/{id}"),
            new("POST", "/api/lock/configs", Ladder, Weight: 2, Undo: "/api/lock/configs/{id}"),
            new("PUT", "/api/lock/configs/{rule}", """{"trigger_price":9010,"stop_loss_price":null,"note":"changed","is_enabled":true}""", Weight: 2),
            new("DELETE", "/api/lock/configs/{order}", IsAccepted: false),
            new("POST", "/api/lock/templates", Template, Undo: "/api/lock/templates/{id}"),
            new("PUT", "/api/lock/templates/{template}", Template),
            new("POST", "/api/lock/configs/bulk", """{"template_id":"{template}","legs":[{"account_id":"Q1","symbol":"CZCE.TA2505","direction":"long"}],"save":false}"""),
            new("POST", "/api/lock/configs/switch", """{"ids":["{rule}"],"is_enabled":true}"""),
            new("POST", "/api/lock/configs/import", $$"""{"items":[{{Rule}}],"save":false,"change_known":true}"""),
            new("POST", "/api/lock/configs/import", """{"csv":"account_id,symbol,direction,trigger_type,trigger_price\r\nQ1,CZCE.TA2505,long,price,9000\r\n","save":false}"""),
        ],
        ["locks"] =
        [
            new("POST", "/api/lock/preview", """{"account_id":"Q1","symbol":"CZCE.TA2505","direction":"long","volume":2,"price":5498}""", Weight: 3),
            new("POST", "/api/lock/rehearsal", """{"account_id":"Q1","gap_percent":2.5,"margin_step_percent":4}"""),
            new("POST", "/api/lock/backtest", """{"config_id":"{rule}","source":"test","from":"2025-01-06","to":"2025-01-07","compare":true,"beside":true,"volume":2,"open_price":5490,"opened_on":"2025-01-03","cash":100000.5,"confirm_after":30,"bars":"1m","path":"high_first","spread_ticks":2,"at_first_tick":false}""", IsAccepted: false),
            new("POST", "/api/lock/backtest/preview", """{"config_id":"{rule}","changes":{"trigger_price":9010,"confirm_ticks":2},"volume":1}""", IsAccepted: false),
            new("POST", "/api/lock/backtest/sweep", """{"config_id":"{rule}","x":{"parameter":"trigger_price","from":9000,"to":9100,"count":3},"y":{"parameter":"lock_ratio","from":0.5,"to":1,"count":2},"volume":1}""", IsAccepted: false),
            new("POST", "/api/lock/backtests/{order}/cancel", IsAccepted: false),
            new("POST", "/api/lock/unlock/preview", """{"lock_id":"{lock}","legs":"both","volume":1}""", Weight: 2),
            new("POST", "/api/lock/unlock/preview", """{"account_id":"Q1","symbol":"TA505","legs":"long","volume":1,"type":"limit","long_price":5490}"""),
            new("POST", "/api/lock/unlock", """{"lock_id":"{lock}","legs":"long","volume":100}""", IsAccepted: false),
            new("POST", "/api/lock/execute/{order}", """{"force":false,"shown_price":5500}""", IsAccepted: false),
            new("POST", "/api/lock/triggers/{order}/cancel", IsAccepted: false),
            new("POST", "/api/lock/triggers/{order}/done", """{"note":"by hand"}""", IsAccepted: false),
            new("POST", "/api/locks/{lock}/relock", """{"type":"limit","price":5500}""", IsAccepted: false),
            new("POST", "/api/locks/{lock}/close", """{"type":"market"}""", IsAccepted: false),
            new("POST", "/api/locks/adopt", """{"account_id":"Q1","symbol":"CZCE.TA2505","volume":1}""", IsAccepted: false),
            new("POST", "/api/locks/decline", """{"account_id":"Q1","symbol":"CZCE.TA2505"}""", IsAccepted: false),
        ],
        ["orders"] =
        [
            new("POST", "/api/orders", Order, Weight: 4, Undo: "POST /api/orders/{id}/cancel"),
            new("POST", "/api/held_orders", Held, Weight: 2, Undo: "/api/held_orders/{id}"),
            new("POST", "/api/orders/{working}/replace/preview", """{"price":5410,"volume":2}""", Weight: 2),
            new("POST", "/api/orders/{order}/replace", """{"price":5410}""", IsAccepted: false),
            new("POST", "/api/orders/{order}/cancel", IsAccepted: false),
            new("POST", "/api/orders/{working}/settle/preview", """{"outcome":"filled","filled_volume":1,"price":5400}""", IsAccepted: false),
            new("POST", "/api/orders/{working}/settle", """{"outcome":"not_placed"}""", IsAccepted: false),
            new("DELETE", "/api/held_orders/{order}", IsAccepted: false),
        ],
        ["ticks"] =
        [
            new("POST", "/api/ticks?source=test", Tick, Weight: 12),
            new("POST", "/api/ticks/import?source=uploaded", "timestamp,symbol,last_price,volume\n2025-01-06T01:30:00Z,CZCE.TA2505,5000,1000\n2025-01-06T01:30:01Z,CZCE.TA2505,5002,1010\n", ContentType: "text/csv"),
            new("POST", "/api/ticks?source=nobody", Tick, Weight: 2, IsAccepted: false),
            new("POST", "/api/ticks/imports/{order}/cancel", IsAccepted: false),
            new("POST", "/api/bars/import?symbol=CZCE.TA2505&timeframe=1m&source=uploaded", "timestamp,open,high,low,close,volume\n2025-01-06T01:30:00Z,5000,5004,4998,5002,120\n2025-01-06T01:31:00Z,5002,5006,5002,5004,80\n", ContentType: "text/csv"),
            new("POST", "/api/bars/sync?source=nobody&symbol=CZCE.TA2505&timeframe=1m", IsAccepted: false),
            new("DELETE", "/api/bars?source=nobody&symbol=CZCE.TA2505&timeframe=1m", IsAccepted: false),
            new("POST", "/api/calendars/import?market=CN", "date,kind\n2027-01-01,known_from\n2027-03-31,known_to\n2027-02-08,closed\n", ContentType: "text/csv"),
            new("POST", "/api/instruments/import", "exchange,code,name_zh,name_en,lot,price_tick\nHK,01211,比亚迪,BYD,100,0.01\n", ContentType: "text/csv"),
        ],
        ["market"] =
        [
            new("POST", "/api/alerts", """{"account_id":"Q1","symbol":"TA505","price":9000,"direction":"above","repeats":true,"note":"fuzz"}""", Weight: 4, Undo: "/api/alerts/{id}"),
            new("POST", "/api/alerts", """{"source":"test","symbol":"CZCE.TA2505","price":100,"direction":"below"}""", Weight: 2, Undo: "/api/alerts/{id}"),
            new("POST", "/api/main_contracts", """{"symbol":"SHFE.au2912","follows":false}"""),
            new("PUT", "/api/alerts/{order}", """{"price":9002}""", IsAccepted: false),
            new("DELETE", "/api/alerts/{order}", IsAccepted: false),
        ],
        ["facts"] =
        [
            new("POST", "/api/position_snapshots", Positions, Weight: 2),
            new("POST", "/api/trades", Trades, Weight: 2),
            new("POST", "/api/account_snapshots", """{"account_id":"880001","timestamp":"2025-01-06T01:40:00Z","balance":1000000,"available":900000,"margin":1000,"currency":"CNY"}"""),
            new("POST", "/api/bridge/880001/reports", """[{"client_order_id":"nobody-1","status":"filled","filled_volume":3,"trade_volume":3,"price":5400,"trade_id":"X1","timestamp":"2025-01-06T01:40:00Z"}]""", Weight: 2),
            new("POST", "/api/bridge/880001/orders/nobody-1/settle", """{"outcome":"filled","filled_volume":1,"price":5400}""", IsAccepted: false),
        ],
        ["system"] =
        [
            new("POST", "/api/emergency/preview", """{"account_id":"Q1","then":"lock_all"}""", Weight: 3),
            new("POST", "/api/emergency/stop", """{"account_id":"Q1","then":"none","shown":"x","reason":"fuzz"}""", IsAccepted: false),
            new("POST", "/api/emergency/resume", """{"account_id":"Q1","reason":"fuzz"}""", IsAccepted: false),
            new("POST", "/api/reconciliation/Q1", """{}""", Weight: 2),
            new("POST", "/api/reconciliation/Q1/adopt", """{"key":"x","shown":1}""", IsAccepted: false),
            new("POST", "/api/replays", """{"from":"test","to":"replay","trading_day":"2025-01-06","symbols":["CZCE.TA2505"],"speed":10}""", IsAccepted: false),
            new("POST", "/api/replays/{order}/seek", """{"at":"2025-01-06T01:40:00Z"}""", IsAccepted: false),
            new("POST", "/api/replays/{order}/speed", """{"speed":2}""", IsAccepted: false),
            new("POST", "/api/replays/{order}/pause", IsAccepted: false),
            new("POST", "/api/replays/{order}/resume", IsAccepted: false),
            new("POST", "/api/replays/{order}/stop", IsAccepted: false),
            new("POST", "/api/backtests", """{"strategy":"sma-cross","symbol":"US.NONE","timeframe":"1m","from":"2024-01-02","to":"2024-03-01","parameters":{"fast":5,"slow":20},"cash":100000,"commission":0.001,"slippage":"ticks","slippage_amount":1,"seed":7,"sweep":{"x":{"parameter":"fast","from":2,"to":8,"step":2},"y":{"parameter":"slow","from":10,"to":20,"step":5}}}""", IsAccepted: false, Weight: 3),
            new("POST", "/api/backtests", """{"strategy":"sma-cross","on":"ticks","symbol":"CZCE.TA2505","source":"none","timeframe":"1m","from":"2024-01-02","to":"2024-03-01","parameters":{"fast":5},"cash":100000,"latency_ms":50,"jitter_ms":20,"sessions_always":true,"expiry_none":false,"seed":7}""", IsAccepted: false),
            new("POST", "/api/backtests", """{"strategy":"sma-cross","symbol":"BINANCE.NONEUSDT","funding_rate":0.0001,"funding":[{"timestamp":"2024-01-02T00:00:00Z","rate":0.0001}]}""", IsAccepted: false),
            new("POST", "/api/backtests/{order}/cancel", IsAccepted: false),
            new("DELETE", "/api/backtests/{order}", IsAccepted: false),
            new("POST", "/api/services/nobody/start", IsAccepted: false),
            new("POST", "/api/services/nobody/stop", IsAccepted: false),
            new("POST", "/api/services/nobody/restart", IsAccepted: false),
            new("POST", "/api/jobs/nobody/run", IsAccepted: false),
            new("POST", "/api/test-notification", """{"title":"fuzz","message":"fuzz"}""", IsAccepted: false),
        ],
        ["people"] =
        [
            new("POST", "/api/users", """{"name":"fuzz","role":"viewer"}""", Weight: 4, Undo: "/api/users/{user.id}"),
            new("PUT", "/api/users/{person}", """{"role":"trader","locked":false}""", Weight: 3),
            new("POST", "/api/users/{person}/reset", Weight: 1),
            new("DELETE", "/api/users/{order}", IsAccepted: false),
            new("DELETE", "/api/sessions/{order}", IsAccepted: false),
            new("POST", "/api/session/confirm", """{"secret":"no-such-secret"}""", IsAccepted: false),
        ],
        ["channels"] =
        [
            new("POST", "/api/notification_channels", """{"name":"fuzz","kind":"ntfy","is_enabled":false,"settings":{"url":"https://ntfy.example.invalid/fuzz","token":"tk_x"}}""", Weight: 2, Undo: "/api/notification_channels/{id}"),
            new("POST", "/api/notification_channels", """{"name":"mail","kind":"email","is_enabled":false,"settings":{"host":"mail.example.invalid","port":"587","security":"starttls","user":"a","password":"b","from":"a@example.invalid","to":"b@example.invalid"}}""", Undo: "/api/notification_channels/{id}"),
            new("PUT", "/api/notification_channels/{channel}", """{"name":"kept","is_enabled":false,"settings":{"url":"https://ntfy.example.invalid/kept"}}""", Weight: 2),
            new("PUT", "/api/notification_settings", """{"language":"zh-CN","quiet_from":"22:30","quiet_to":"07:00","available_below":50000,"day_loss_above":1000,"last_day_within":5,"events":[{"key":"feed.live","mode":"silent","wakes":false}]}""", Weight: 2),
            new("DELETE", "/api/notification_channels/{order}", IsAccepted: false),
            new("POST", "/api/notification_channels/{order}/test", IsAccepted: false),
        ],
        ["account"] =
        [
            new("POST", "/api/cash_flow", """{"account_id":"Q1","amount":250.5,"note":"fuzz"}""", Weight: 2),
            new("POST", "/api/cash_flow", """{"account_id":"Q1","amount":-250.5}""", Weight: 2),
            new("POST", "/api/exchange_rates", """{"from_currency":"USD","to_currency":"CNY","rate":7.1025,"as_of":"2025-01-06T00:00:00Z"}""", Weight: 2),
            new("DELETE", "/api/exchange_rates/USD/JPY/2025-01-06T00:00:00Z", IsAccepted: false),
            new("POST", "/api/settlements/import", Statement, Weight: 3),
            new("POST", "/api/settlements/import", Traded, Weight: 2),
        ],
        ["lists"] =
        [
            .. new[]
            {
                "/api/lock/configs", "/api/lock/configs.csv", "/api/lock/triggers", "/api/lock/triggers.csv", "/api/lock/executions", "/api/locks", "/api/orders", "/api/trades", "/api/held_orders", "/api/positions", "/api/accounts", "/api/sources",
                "/api/equity", "/api/cash_flow", "/api/instruments", "/api/audit", "/api/audit/export.csv", "/api/reconciliation", "/api/reconciliation/runs", "/api/protection", "/api/ticks/days", "/api/ticks/imports", "/api/jobs/history",
                "/api/risk_limits?account_id=Q1", "/api/settlements", "/api/settlements.csv", "/api/settlements/imports", "/api/settlements/Q1/2025-01-06", "/api/exchange_rates", "/api/performance?account_id=Q1", "/api/daily_results?account_id=Q1", "/api/trades.csv", "/api/users", "/api/sessions",
                "/api/notification_channels", "/api/notification_settings", "/api/accounts/Q1/max_quantity?symbol=TA505&side=buy", "/api/lock/configs/{rule}/explain", "/api/lock/templates", "/api/lock/backtests", "/api/lock/statistics?account_id=Q1", "/api/replays", "/api/backtests", "/health",
                "/api/strategies", "/api/strategies/signals.csv", "/api/strategy_definitions", "/api/bars", "/api/calendars", "/api/alerts", "/api/main_contracts", "/api/subscriptions?source=test",
            }.Select(path => new FuzzSeed("GET", path)),
        ],
    };
}
