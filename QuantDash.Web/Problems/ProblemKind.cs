using QuantDash.Core.Primitives;

namespace QuantDash.Web.Problems;

/// <summary>A kind of failure: HTTP status, and the title that Problems.resx holds under its name.</summary>
public sealed record ProblemKind(int Status, string Name)
{
    public static ProblemKind Unreadable { get; } = new(StatusCodes.Status400BadRequest, "bad_request");
    public static ProblemKind MalformedJson { get; } = new(StatusCodes.Status400BadRequest, "malformed_json");
    public static ProblemKind Unauthorized { get; } = new(StatusCodes.Status401Unauthorized, "unauthorized");
    public static ProblemKind Forbidden { get; } = new(StatusCodes.Status403Forbidden, "forbidden");
    public static ProblemKind NotFound { get; } = new(StatusCodes.Status404NotFound, "not_found");
    public static ProblemKind MethodNotAllowed { get; } = new(StatusCodes.Status405MethodNotAllowed, "method_not_allowed");
    public static ProblemKind Conflict { get; } = new(StatusCodes.Status409Conflict, "conflict");
    public static ProblemKind Gone { get; } = new(StatusCodes.Status410Gone, "gone");
    public static ProblemKind TooLarge { get; } = new(StatusCodes.Status413PayloadTooLarge, "too_large");
    public static ProblemKind UnsupportedMediaType { get; } = new(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type");
    public static ProblemKind Validation { get; } = new(StatusCodes.Status422UnprocessableEntity, "validation");
    public static ProblemKind TooManyRequests { get; } = new(StatusCodes.Status429TooManyRequests, "too_many_requests");
    public static ProblemKind Internal { get; } = new(StatusCodes.Status500InternalServerError, "internal");
    public static ProblemKind BadGateway { get; } = new(StatusCodes.Status502BadGateway, "bad_gateway");
    public static ProblemKind Starting { get; } = new(StatusCodes.Status503ServiceUnavailable, "starting");

    public static ProblemKind DatabaseAway { get; } = new(StatusCodes.Status503ServiceUnavailable, "database_away");
    public static ProblemKind Standby { get; } = new(StatusCodes.Status503ServiceUnavailable, "standby");
    public static ProblemKind NoEngine { get; } = new(StatusCodes.Status503ServiceUnavailable, "no_engine");
    public static ProblemKind Stopping { get; } = new(StatusCodes.Status503ServiceUnavailable, "stopping");

    private static readonly HashSet<string> Conflicts = new(StringComparer.Ordinal)
    {
        "already_exists", "already_final", "asked_anew", "bridge_in_use", "in_use", "changed_meanwhile", "lock_broken", "lock_busy", "lock_not_broken", "no_pair",
        "not_enough_funds", "not_halted", "order_belongs_to_trigger", "order_not_unknown", "order_was_placed", "plan_changed", "price_moved", "rule_executing", "rule_gone", "trading_halted", "trigger_closed",
        "trigger_not_failed", "wrong_epoch", "service_not_in_state", "job_not_running", "job_not_planned", "job_not_failed", "difference_changed", "not_adoptable", "not_replaceable", "last_admin", "not_yourself",
        "channel_from_configuration", "too_many_channels", "account_closed", "account_open", "account_has_positions", "account_has_orders", "account_has_held_orders", "account_has_locks", "account_has_triggers",
        "account_has_commands", "demo_configured", "demo_executing",
        "daily_loss_reached", "duplicate_order", "exceeds_daily_trades", "exceeds_orders_per_minute", "exceeds_orders_per_second", "exceeds_position", "exceeds_position_value", "exceeds_total_exposure",
        "limit_not_known", "backtest_too_many", "backtest_over", "backtest_running", "backtest_not_done", "lock_backtest_busy",
    };

    private static readonly HashSet<string> Missing = new(StringComparer.Ordinal)
    {
        "unknown_rule", "unknown_held_order", "unknown_lock", "unknown_trigger", "unknown_template", "unknown_order", "unknown_key", "link_unknown", "unknown_service", "unknown_job", "unknown_difference", "unknown_user", "unknown_session",
        "unknown_channel", "unknown_backtest", "unknown_lock_backtest",
    };

    /// <summary>The kind of a refused command. A field that is wrong weighs more than a state that does not allow it.</summary>
    public static ProblemKind Of(IReadOnlyList<Problem> problems)
    {
        if (problems is [{ Code: "jobs_unavailable" }]) return Starting;
        if (problems.All(p => Missing.Contains(p.Code))) return NotFound;
        return problems.All(p => Conflicts.Contains(p.Code) || Missing.Contains(p.Code)) ? Conflict : Validation;
    }

    /// <summary>The kind of a bare status that some middleware answered.</summary>
    public static ProblemKind Of(int status) => status switch
    {
        400 => Unreadable,
        401 => Unauthorized,
        403 => Forbidden,
        404 => NotFound,
        405 => MethodNotAllowed,
        409 => Conflict,
        410 => Gone,
        413 => TooLarge,
        415 => UnsupportedMediaType,
        422 => Validation,
        429 => TooManyRequests,
        500 => Internal,
        502 => BadGateway,
        503 => Starting,
        _ => new(status, "error"),
    };
}
