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
    private const string LockBacktest = """{"id":"019a9f10-0000-7000-8000-000000000002","question":"fire","state":"finished","progress":1,"started_at":"2025-01-07T08:00:00.000Z","ended_at":"2025-01-07T08:00:01.000Z","config_id":"019a9f10-0000-7000-8000-000000000003","symbol":"CZCE.TA2505","source":"live","from":"2025-01-02","to":"2025-01-06","error":null,"refused":[],"fired":{"has_fired":true,"firings":[{"condition":"profit","stage":0,"tick_timestamp":"2025-01-03T02:11:23.500Z","trigger_price":5200,"trigger_condition":"利润达到阈值: 10000.00 >= 10000.00","lock_volume":8,"filled_volume":8,"status":"executed","lock_price":5198,"locked_profit":7920,"fee":24,"error_message":null}],"nearest":null,"not_evaluated":null,"fills":[{"at":"2025-01-03T02:11:23.500Z","side":"sell","offset":"open","price":5198,"volume":8,"fee":24}],"orders":1,"locks":1,"start_equity":1000000,"final_equity":1009372,"profit":9372,"fees":24,"max_drawdown":-980,"margin_peak":45262.8,"ticks":84000,"refused_ticks":0,"from":"2025-01-02T01:30:00.000Z","to":"2025-01-06T07:00:00.000Z","bars":null,"equity":[{"at":"2025-01-02T01:30:00.000Z","equity":1000000},{"at":"2025-01-06T07:00:00.000Z","equity":1009372}]},"comparison":null,"change":null,"sweep":null}""";
    private const string Statistics = """{"items":[{"config_id":"019a9f10-0000-7000-8000-000000000003","condition":"profit","symbol":"CZCE.TA2505","direction":"long","firings":4,"open":0,"executed":3,"partially_executed":0,"failed":0,"expired":1,"cancelled":0,"executed_share":0.75,"seconds_to_fill":1.4,"slippage_ticks":1.2,"currency":"CNY","locked_profit":31200,"fees":96,"regretted":3,"regret":-1850}],"next_cursor":null,"total":{"config_id":null,"condition":null,"symbol":"CZCE.TA2505","direction":"long","firings":4,"open":0,"executed":3,"partially_executed":0,"failed":0,"expired":1,"cancelled":0,"executed_share":0.75,"seconds_to_fill":1.4,"slippage_ticks":1.2,"currency":"CNY","locked_profit":31200,"fees":96,"regretted":3,"regret":-1850},"later_minutes":30,"is_cut":false}""";
    private const string Replay = """{"id":"019a9f10-0000-7000-8000-000000000001","from":"live","to":"replay","trading_day":"2025-01-06","symbols":["CZCE.TA2505"],"state":"running","speed":10,"started_at":"2025-01-07T08:00:00.000Z","ended_at":null,"begin":"2025-01-06T01:00:00.000Z","end":"2025-01-06T07:00:00.000Z","position":"2025-01-06T01:30:00.000Z","total":28000,"played":2400,"accepted":2400,"rejected":0,"progress":0.0857,"error":null}""";

    private const string Backtest = """{"id":"019a9f10-0000-7000-8000-000000000003","state":"done","progress":1,"strategy":"sma-cross","on":"bars","parameters":{"fast":"10","slow":"20"},"symbol":"CFFEX.IF-MAIN","source":"history","timeframe":"30m","from":"2018-01-02","to":"2019-12-31","adjustment":"backward","adjustment_method":"additive","cash":3000000,"commission":null,"slippage":"ticks","slippage_amount":1,"fill":"next_open","look_ahead":false,"path":"pessimistic","limit_fill":"through","volume_share":null,"price_limits":true,"funding_rate":null,"funding_payments":null,"latency_ms":0,"jitter_ms":0,"sessions_always":null,"expiry_none":null,"seed":1,"sweep":null,"created_at":"2025-01-06T08:00:00.000Z","started_at":"2025-01-06T08:00:00.010Z","ended_at":"2025-01-06T08:00:00.120Z","by":"wang","bars":3896,"ticks":null,"ticks_refused":null,"pairs":null,"taken":"product","error":null,"statistics":{"initial_cash":3000000,"final_equity":3214560,"pnl":214560,"total_return":0.0715,"annual_return":0.0291,"annual_volatility":0.1184,"sharpe":0.31,"probabilistic_sharpe":0.68,"skew":-0.21,"kurtosis":5.4,"sortino":0.44,"calmar":0.17,"omega":1.06,"max_drawdown":-0.168,"max_drawdown_money":-528000,"exposure":0.97,"days":606,"winning_days":301,"losing_days":299,"best_day":96420,"worst_day":-81180,"fills":1204,"trades":602,"wins":231,"losses":371,"win_rate":0.3837,"profit_factor":1.08,"expectancy":356.4,"average_win":12400,"average_loss":-7140,"largest_win":96000,"largest_loss":-61200,"longest_losing_run":11,"realised_pnl":251300,"turnover":1204000000,"fees":36740,"slippage_cost":72240,"funding":0,"benchmark_return":0.182,"margin_calls":0,"ruined_at":null}}""";
    private const string BacktestReport = """{"market":{"symbol":"CFFEX.IF","timeframe":"30m","from":"2018-01-02T01:30:00.000Z","to":"2019-12-31T07:00:00.000Z","bars":3896,"currency":"CNY","price_tick":0.2,"multiplier":300,"volume_step":1},"statistics":{"initial_cash":3000000,"final_equity":3214560,"pnl":214560,"total_return":0.0715,"annual_return":0.0291,"annual_volatility":0.1184,"sharpe":0.31,"probabilistic_sharpe":0.68,"skew":-0.21,"kurtosis":5.4,"sortino":0.44,"calmar":0.17,"omega":1.06,"max_drawdown":-0.168,"max_drawdown_money":-528000,"exposure":0.97,"days":606,"winning_days":301,"losing_days":299,"best_day":96420,"worst_day":-81180,"fills":1204,"trades":602,"wins":231,"losses":371,"win_rate":0.3837,"profit_factor":1.08,"expectancy":356.4,"average_win":12400,"average_loss":-7140,"largest_win":96000,"largest_loss":-61200,"longest_losing_run":11,"realised_pnl":251300,"turnover":1204000000,"fees":36740,"slippage_cost":72240,"funding":0,"benchmark_return":0.182,"margin_calls":0,"ruined_at":null},"days":[{"day":"2018-01-02","start_equity":3000000,"net_cash_flow":0,"end_equity":3004200,"fees":61,"settled":true,"pnl":4200,"return":0.0014}],"exposure":[0.41],"benchmark":[3018000],"equity":[{"at":"2018-01-02T02:00:00.000Z","equity":3000000}],"candles":[{"at":"2018-01-02T01:30:00.000Z","open":4045.2,"high":4058,"low":4041.6,"close":4055.4}],"trades":[{"side":"long","volume":1,"entry_time":"2018-01-03T02:30:00.000Z","entry_price":4080.4,"exit_time":"2018-01-04T06:00:00.000Z","exit_price":4109.2,"exit_day":"2018-01-04","bars":12,"pnl":8640,"fee":56.5,"net":8583.5,"mae":-1860,"mfe":9900}],"orders":[{"number":1,"side":"buy","offset":"open","type":"market","price":null,"volume":1,"filled_volume":1,"state":"filled","reason":null,"at":null,"average_price":null}],"open_position":[],"log":[],"log_lines":0}""";
    private const string Sweep = """{"x_parameter":"fast","x":[5,10],"y_parameter":"slow","y":[20],"cells":[{"x":0,"y":0,"final_equity":3101200,"return":0.0337,"sharpe":0.19,"max_drawdown":-0.142,"trades":811,"fees":49120,"failure":null}]}""";

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

    private const string SignalStatistics = """{"items":[{"mode":"paper","symbol":"CZCE.TA2505","action_type":"buy","type":"market","signals":41,"open":0,"filled":36,"partially_filled":1,"refused":3,"cancelled":1,"filled_share":0.9024,"mean_seconds_to_fill":0.9,"median_seconds_to_fill":0.5,"slippage_ticks":0.8,"priced":37,"reasons":[{"problem":"strategy_paused","error_message":"策略已暂停","problem_values":[],"signals":3},{"problem":null,"error_message":"策略停止","problem_values":[],"signals":2}]}],"next_cursor":null,"total":{"mode":"paper","symbol":"CZCE.TA2505","action_type":"buy","type":"market","signals":41,"open":0,"filled":36,"partially_filled":1,"refused":3,"cancelled":1,"filled_share":0.9024,"mean_seconds_to_fill":0.9,"median_seconds_to_fill":0.5,"slippage_ticks":0.8,"priced":37,"reasons":[{"problem":"strategy_paused","error_message":"策略已暂停","problem_values":[],"signals":3},{"problem":null,"error_message":"策略停止","problem_values":[],"signals":2}]},"is_cut":false}""";
    private const string Signals = "id,strategy_id,run_id,strategy_name,number,account_id,symbol,trigger_time,trigger_condition,trigger_price,action_type,side,offset,type,price,volume,filled_volume,average_price,execution_result,is_over,order_id,error_message,problem,problem_values,updated_at\n019a9f10-0000-7000-8000-000000000009,019a9f10-0000-7000-8000-000000000002,019a9f10-0000-7000-8000-000000000003,PTA cross,7,019a9f10-0000-7000-8000-000000000001,CZCE.TA2505,2025-01-06T02:35:00.000Z,bar 5m 01-06 10:35,5000,buy,buy,open,market,,1,1,5002,success,true,Q1-20250106-000007-1,,,,2025-01-06T02:35:00.500Z";

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
        new("GET /api/strategies/{id}/statistics", "/api/strategies/{strategy}/statistics", Raw: SignalStatistics),
        new("GET /api/strategies/signals.csv", "/api/strategies/signals.csv", Raw: Signals),
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
        new("POST /api/lock/backtest", "/api/lock/backtest", """{"config_id":"{rule}","from":"2025-01-02","to":"2025-01-06","volume":10,"open_price":5000,"compare":false}""", Raw: LockBacktest),
        new("POST /api/lock/backtest/preview", "/api/lock/backtest/preview", """{"config_id":"{rule}","from":"2025-01-02","to":"2025-01-06","changes":{"profit_lock_threshold":12000} }""", Raw: LockBacktest),
        new("POST /api/lock/backtest/sweep", "/api/lock/backtest/sweep", """{"config_id":"{rule}","x":{"parameter":"profit_threshold","from":5000,"to":15000,"count":5},"y":{"parameter":"lock_ratio","from":0.25,"to":1,"count":4} }""", Raw: LockBacktest),
        new("GET /api/lock/backtests", "/api/lock/backtests", Raw: $$"""{"items":[{{LockBacktest}}],"next_cursor":null}"""),
        new("GET /api/lock/backtests/{id}", "/api/lock/backtests/{rule}", Raw: LockBacktest),
        new("POST /api/lock/backtests/{id}/cancel", "/api/lock/backtests/{rule}/cancel", Raw: LockBacktest),
        new("GET /api/lock/statistics", "/api/lock/statistics?account_id=Q1", Raw: Statistics),
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
        new("POST /api/bars/import", "/api/bars/import?symbol=CZCE.TA2505&timeframe=1m&source=history&on_error=refuse", "timestamp,open,high,low,close,volume\n2025-01-06T01:30:00Z,5000,5004,4998,5002,120\n2025-01-06T01:31:00Z,5002,5006,5002,5004,80\n"),
        new("GET /api/bars", "/api/bars"),
        new("POST /api/bars/sync", "/api/bars/sync?source=live&symbol=CZCE.TA2505&timeframe=1m", Raw: """{"source":"live","symbol":"CZCE.TA2505","timeframe":"1m","added":225,"replaced":0,"unchanged":0,"removed":0,"bad_lines":0}"""),
        new("POST /api/calendars/import", "/api/calendars/import?market=CN", "date,kind\n2027-01-01,known_from\n2027-03-31,known_to\n2027-01-01,closed\n2027-02-08,closed\n2027-02-09,closed\n2027-02-10,closed\n"),
        new("GET /api/calendars", "/api/calendars", Raw: """{"items":[{"market":"CN","known_from":"2024-01-01","known_to":"2026-12-31","days_left":38,"imported":true,"next_known_to":"2027-03-31","next_changes":4,"years":[{"year":2026,"trading_days":242,"closed":19,"short":0,"without_night":8}]}],"next_cursor":null}"""),
        new("GET /api/calendars/{market}.csv", "/api/calendars/CN.csv", Raw: "date,kind\n2024-01-01,known_from\n2026-12-31,known_to\n2024-01-01,closed\n"),
        new("POST /api/instruments/import", "/api/instruments/import", "exchange,code,name_zh,name_en,lot,price_tick\nHK,01211,比亚迪,BYD,100,0.01\n"),
        new("DELETE /api/bars", "/api/bars?source=history&symbol=CZCE.TA2505&timeframe=1m"),
        new("POST /api/replays", "/api/replays", """{"from":"live","to":"replay","trading_day":"2025-01-06","symbols":["CZCE.TA2505"],"speed":10}""", Raw: Replay),
        new("GET /api/replays", "/api/replays", Raw: $$"""{"items":[{{Replay}}],"next_cursor":null}"""),
        .. new[] { ("GET", ""), ("POST", "/pause"), ("POST", "/resume"), ("POST", "/stop") }.Select(ask => new ExampleStep($"{ask.Item1} /api/replays/{{id}}{ask.Item2}", $"/api/replays/{{rule}}{ask.Item2}", Raw: Replay)),
        new("POST /api/replays/{id}/speed", "/api/replays/{rule}/speed", """{"speed":2}""", Raw: Replay),
        new("POST /api/replays/{id}/seek", "/api/replays/{rule}/seek", """{"at":"2025-01-06T02:00:00Z"}""", Raw: Replay),
        new("POST /api/backtests", "/api/backtests", """{"strategy":"sma-cross","symbol":"CFFEX.IF-MAIN","parameters":{"fast":10,"slow":20},"timeframe":"30m","from":"2018-01-02","to":"2019-12-31","adjustment":"backward","adjustment_method":"additive","cash":3000000,"slippage_amount":1}""", Raw: $$"""{"id":"019a9f10-0000-7000-8000-000000000003","items":[{{Backtest}}]}"""),
        new("GET /api/backtests", "/api/backtests", Raw: $$"""{"items":[{{Backtest}}],"next_cursor":null}"""),
        new("GET /api/backtests/{id}", "/api/backtests/{rule}", Raw: Backtest),
        new("POST /api/backtests/{id}/cancel", "/api/backtests/{rule}/cancel", Raw: Backtest),
        new("GET /api/backtests/{id}/report", "/api/backtests/{rule}/report", Raw: BacktestReport),
        new("GET /api/backtests/{id}/sweep", "/api/backtests/{rule}/sweep", Raw: Sweep),
        new("GET /api/backtests/{id}/report.html", "/api/backtests/{rule}/report.html", Raw: "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">…"),
        new("GET /api/backtests/{id}/trades.csv", "/api/backtests/{rule}/trades.csv", Raw: "side,volume,entry_time,entry_price,exit_time,exit_price,exit_day,bars,pnl,fee,net,mae,mfe\nlong,1,2018-01-03T02:30:00.000Z,4080.4,2018-01-04T06:00:00.000Z,4109.2,2018-01-04,12,8640,56.5,8583.5,-1860,9900"),
        new("DELETE /api/backtests/{id}", "/api/backtests/{rule}", Raw: ""),
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
