using System.Text.Json;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>What a day's settlement found held, in one column: <c>[{"symbol":"SHFE.au2509","side":"long","volume":3,…}]</c>.</summary>
internal static class SettledPositionsColumn
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static string? Write(IReadOnlyList<SettledPosition>? positions) => positions is null ? null : JsonSerializer.Serialize(positions.Select(Entry.Of), Options);

    public static IReadOnlyList<SettledPosition>? Read(string? json) =>
        json is null ? null : [.. (JsonSerializer.Deserialize<Entry[]>(json, Options) ?? []).Select(entry => entry.ToPosition())];

    private sealed record Entry(
        string Symbol, string Side, decimal Volume, decimal TodayVolume, decimal? AverageOpenPrice, decimal? AverageBasis, decimal? SettlementPrice, decimal? FloatingPnl, decimal? HoldingPnl, decimal Margin)
    {
        public static Entry Of(SettledPosition p) => new(
            p.Symbol.ToString(), EnumText<Side>.Of(p.Side), p.Volume.Value, p.TodayVolume.Value, p.AverageOpenPrice, p.AverageBasis, p.SettlementPrice, p.FloatingPnl, p.HoldingPnl, p.Margin);

        public SettledPosition ToPosition() => new()
        {
            Symbol = Core.Primitives.Symbol.ParseCanonical(Symbol),
            Side = EnumText<Side>.Parse(Side),
            Volume = new(Volume),
            TodayVolume = new(TodayVolume),
            AverageOpenPrice = AverageOpenPrice,
            AverageBasis = AverageBasis,
            SettlementPrice = SettlementPrice,
            FloatingPnl = FloatingPnl,
            HoldingPnl = HoldingPnl,
            Margin = Margin,
        };
    }
}
