using System.Text.Json;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;

namespace QuantDash.Web.Features.Bridge;

/// <summary>Reads a program's reports, one or an array. A report that is wrong is named and takes nothing from the others: a fill must not be lost because
/// the one before it was misspelled.</summary>
internal static class ReportReader
{
    private const int Most = 2000;

    public static (IReadOnlyList<BridgeReport> Reports, IReadOnlyList<Problem> Problems) Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array) return ReadOne(element, "");
        if (element.GetArrayLength() > Most) return ([], [new Problem("", "too_many_items", Most, element.GetArrayLength())]);
        var all = element.EnumerateArray().Select((item, i) => ReadOne(item, $"[{i}].")).ToList();
        return ([.. all.SelectMany(one => one.Reports)], [.. all.SelectMany(one => one.Problems)]);
    }

    private static (IReadOnlyList<BridgeReport> Reports, IReadOnlyList<Problem> Problems) ReadOne(JsonElement element, string path)
    {
        var body = JsonFields.Root(element);
        body.Require("client_order_id", "status");
        var id = body.Text("client_order_id");
        if (id is not null && !ClientOrderId.IsValid(id)) body.Refuse("client_order_id", "not_an_order_id", id);
        var status = body.Choice<BridgeStatus>("status");
        var (filled, traded, price) = (body.Volume("filled_volume", null), body.Volume("trade_volume", null), body.Number("price"));
        var (tradeId, reason, timestamp) = (body.Text("trade_id", 64), body.Text("reason", 500), body.Time("timestamp"));
        if (body.Problems.Count > 0) return ([], [.. body.Problems.Select(problem => problem with { Field = path + problem.Field })]);
        var report = new BridgeReport
        {
            OrderId = new(id!),
            Status = status!.Value,
            FilledVolume = filled,
            TradeVolume = traded,
            Price = price is > 0 ? new Price(price.Value) : null,
            TradeId = string.IsNullOrEmpty(tradeId) ? null : tradeId,
            Reason = string.IsNullOrEmpty(reason) ? null : reason,
            Timestamp = timestamp,
        };
        return ([report], []);
    }
}
