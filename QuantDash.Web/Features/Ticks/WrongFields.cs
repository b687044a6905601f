using System.Text.Json;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Ticks;

/// <summary>The gate says what is wrong with a tick as a whole; a person who repairs a file wants to know in which columns.</summary>
internal static class WrongFields
{
    public static IEnumerable<Problem> Of(RawTick raw, Contract contract, TickReject reason)
    {
        var code = "tick_" + JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString());
        var fields = Fields(raw).Where(field => field.Value is { } value && IsWrong(field.Name, value, raw, contract, reason)).ToList();
        return fields.Count > 0 ? fields.Select(f => new Problem(f.Name, code, f.Value)) : [new Problem(TimeOrPrice(reason), code)];
    }

    private static bool IsWrong(string name, double value, RawTick raw, Contract contract, TickReject reason) => reason switch
    {
        TickReject.NotANumber => !double.IsFinite(value),
        TickReject.NotPositive => IsPrice(name) && (value < 0 || (name == "last_price" && value == 0)),
        TickReject.NegativeVolume => !IsPrice(name) && value < 0,
        TickReject.OffTick => IsPrice(name) && name != "mark_price" && value is not (0 or double.MaxValue) && !contract.TryTicks(value, out _),
        TickReject.OutOfRange => value is > 1e15 or (> 0 and < 1e-6) || (IsPrice(name) && value > 1e9 && value < double.MaxValue),
        TickReject.OutsideLimits => IsPrice(name) && name != "mark_price" && value != 0 && (value > raw.UpperLimit || value < raw.LowerLimit),
        TickReject.Crossed => name is "bid_price" or "ask_price",
        _ => false,
    };

    private static string TimeOrPrice(TickReject reason) =>
        reason is TickReject.Backwards or TickReject.TooOld or TickReject.Ahead or TickReject.OutOfRange ? "timestamp" : "last_price";

    private static bool IsPrice(string name) => name.EndsWith("price", StringComparison.Ordinal);

    private static IEnumerable<(string Name, double? Value)> Fields(RawTick raw) =>
    [
        ("last_price", raw.LastPrice), ("bid_price", raw.BidPrice), ("ask_price", raw.AskPrice), ("mark_price", raw.MarkPrice), ("volume", raw.Volume), ("turnover", raw.Turnover),
        ("open_interest", raw.OpenInterest), ("bid_volume", raw.BidVolume), ("ask_volume", raw.AskVolume), ("pre_settlement", raw.PreSettlement),
        ("upper_limit", raw.UpperLimit), ("lower_limit", raw.LowerLimit),
    ];
}
