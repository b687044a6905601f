namespace QuantDash.Core.Instruments.Reference;

/// <summary>Reads <c>perpetuals.csv</c>: linear perpetuals in hedge mode and cross margin (DOMAIN.md 4). Each leg is charged by itself, at the latest price;
/// a lock relieves nothing. Funding is no part of the terms.</summary>
internal static class PerpetualFile
{
    public static IReadOnlyList<Product> Load() => [.. ReferenceTable.Load("perpetuals.csv").Rows.Select(Product)];

    private static Product Product(ReferenceRow row) => new()
    {
        Exchange = row["exchange"],
        Code = row["product"],
        ChineseName = row["name_zh"],
        EnglishName = row["name_en"],
        Class = AssetClass.Perpetual,
        Currency = new(row["currency"]),
        Multiplier = 1,
        VolumeStep = row.Number("volume_step"),
        HoldsBothSides = true,
        Sessions = new() { UtcOffset = TimeSpan.Zero, DayAuctions = [], Day = [], NightAuctions = [], Night = [], Always = true },
        Terms = [Terms(row)],
    };

    private static ContractTerms Terms(ReferenceRow row)
    {
        var taker = new FeeRate(FeeBasis.ByMoney, row.Number("fee_taker"));
        return new()
        {
            EffectiveFrom = DateOnly.MinValue,
            PriceTick = row.Number("price_tick"),
            LongMargin = new(row.Number("margin")),
            ShortMargin = new(row.Number("margin")),
            MarginPrice = MarginPrice.Latest,
            Fees = new(taker, taker, taker) { Maker = new FeeRate(FeeBasis.ByMoney, row.Number("fee_maker")) },
            DistinguishesToday = false,
            SingleSide = SingleSideMargin.Never,
            MarginGroup = $"{row["exchange"]}.{row["product"]}",
        };
    }
}
