using System.Globalization;
using QuantDash.Core.Instruments;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;

namespace QuantDash.Web.Features.Orders;

/// <summary>Reads the filters that orders and trades share, once what happened before the request stands in the database.</summary>
internal sealed class OrderQuery(EngineReads reads, ContractCatalog catalog, TimeProvider clock)
{
    /// <summary>For the summaries of addresses.</summary>
    public const string Names = "account_id, symbol, side, status, action, owner, rule_id, trigger_id, order_id, trading_day, since, before";

    public async Task<(QueryFields Fields, OrderFilter Filter)> ReadAsync(HttpContext context, CancellationToken stop)
    {
        var snapshot = await reads.SnapshotAsync(stop);
        var fields = new QueryFields(context.Request.Query);
        var (since, before) = (fields.Time("since"), fields.Time("before"));
        if (since >= before) fields.Refuse("before", "not_after_since", since);
        return (fields, new()
        {
            AccountId = fields.Account(snapshot),
            Symbol = fields.Symbol(catalog, TradingFields.DayOf(snapshot, null, clock.GetUtcNow())),
            Side = fields.Choice<OrderSide>("side"),
            State = fields.Choice<OrderState>("status") ?? fields.Choice<OrderState>("state"),
            Purpose = fields.Choice<OrderPurpose>("action"),
            Owner = fields.Choice<OrderOwner>("owner"),
            RuleId = fields.Id("rule_id"),
            TriggerId = fields.Id("trigger_id"),
            OrderId = OrderId(fields),
            TradingDay = TradingDay(fields),
            Since = since,
            Before = before,
        });
    }

    private static DateOnly? TradingDay(QueryFields fields)
    {
        if (fields.Text("trading_day") is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        fields.Refuse("trading_day", "not_a_day", text);
        return null;
    }

    private static ClientOrderId? OrderId(QueryFields fields)
    {
        if (fields.Text("order_id") is not { } text) return null;
        if (ClientOrderId.IsValid(text)) return new(text);
        fields.Refuse("order_id", "not_an_order_id", text);
        return null;
    }
}
