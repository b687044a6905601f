using System.Text.Json;
using QuantDash.Core.Markets;

namespace QuantDash.Web.Api;

/// <summary>The fields of a pushed tick, one bit each, so that a repeated one is noticed without a set.</summary>
[Flags]
internal enum TickFields
{
    None = 0,
    Symbol = 1,
    Timestamp = 2,
    LastPrice = 4,
    Volume = 8,
    Turnover = 16,
    OpenInterest = 32,
    BidPrice = 64,
    BidVolume = 128,
    AskPrice = 256,
    AskVolume = 512,
    OpenPrice = 1024,
    HighPrice = 2048,
    LowPrice = 4096,
    PreSettlement = 8192,
    UpperLimit = 16384,
    LowerLimit = 32768,
    MarkPrice = 65536,
}

/// <summary>Names of tick fields on the wire: the market stream's of the seeds.</summary>
internal static class TickField
{
    private static readonly (TickFields Field, string Name, byte[] Wire)[] All =
    [
        .. Enum.GetValues<TickFields>().Where(f => f != TickFields.None).Select(f =>
        {
            var name = JsonNamingPolicy.SnakeCaseLower.ConvertName(f.ToString());
            return (f, name, System.Text.Encoding.UTF8.GetBytes(name));
        }),
    ];

    public static TickFields Of(ref Utf8JsonReader reader)
    {
        foreach (var (field, _, wire) in All)
        {
            if (reader.ValueTextEquals(wire)) return field;
        }

        return TickFields.None;
    }

    public static string Name(TickFields field) => Array.Find(All, f => f.Field == field).Name;

    public static RawTick With(in RawTick tick, TickFields field, double? value) => field switch
    {
        TickFields.Volume => tick with { Volume = value },
        TickFields.Turnover => tick with { Turnover = value },
        TickFields.OpenInterest => tick with { OpenInterest = value },
        TickFields.BidPrice => tick with { BidPrice = value },
        TickFields.BidVolume => tick with { BidVolume = value },
        TickFields.AskPrice => tick with { AskPrice = value },
        TickFields.AskVolume => tick with { AskVolume = value },
        TickFields.OpenPrice => tick with { OpenPrice = value },
        TickFields.HighPrice => tick with { HighPrice = value },
        TickFields.LowPrice => tick with { LowPrice = value },
        TickFields.PreSettlement => tick with { PreSettlement = value },
        TickFields.UpperLimit => tick with { UpperLimit = value },
        TickFields.LowerLimit => tick with { LowerLimit = value },
        TickFields.MarkPrice => tick with { MarkPrice = value },
        _ => tick,
    };
}
