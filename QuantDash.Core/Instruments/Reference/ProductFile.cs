using QuantDash.Core.Primitives;

namespace QuantDash.Core.Instruments.Reference;

/// <summary>Reads the futures products of China: <c>products_cn.csv</c> as they stand today, <c>terms_cn.csv</c> what changed on a date,
/// <c>delivery_margins_cn.csv</c> how margin rises towards delivery.</summary>
internal static class ProductFile
{
    private const string Everything = "*";

    private static readonly TimeSpan BeijingTime = TimeSpan.FromHours(8);

    public static IReadOnlyList<Product> Load()
        => Read(ReferenceTable.Load("products_cn.csv"), ReferenceTable.Load("terms_cn.csv"), ReferenceTable.Load("delivery_margins_cn.csv"));

    public static IReadOnlyList<Product> Read(ReferenceTable products, ReferenceTable changes, ReferenceTable margins)
    {
        var changesOf = changes.Rows.ToLookup(row => (row["exchange"], row["product"]));
        var marginsOf = margins.Rows.ToLookup(row => (row["exchange"], row["product"]));
        return products.Rows.Select(row => Product(row)).ToList();

        Product Product(ReferenceRow row)
        {
            var (exchange, code) = (row["exchange"], row["product"]);
            var steps = marginsOf.Contains((exchange, code)) ? marginsOf[(exchange, code)] : marginsOf[(exchange, Everything)];
            return NewProduct(row, Terms(Today(row), changesOf[(exchange, code)]), steps.Select(DeliveryMargin).ToList());
        }
    }

    private static Product NewProduct(ReferenceRow row, IReadOnlyList<ContractTerms> terms, IReadOnlyList<DeliveryMargin> deliveryMargins) => new()
    {
        Exchange = row["exchange"],
        Code = row["product"],
        ChineseName = row["name_zh"],
        EnglishName = row["name_en"],
        Class = AssetClass.Future,
        Currency = Currency.Cny,
        Multiplier = row.Number("multiplier"),
        Unit = row.TextOrNull("unit"),
        VolumeStep = 1,
        HoldsBothSides = true,
        Sessions = Sessions(row),
        Terms = terms,
        LastTradingDay = LastTradingDay(row),
        DeliveryMargins = deliveryMargins,
        SingleSideEnds = row.CountOrNull("single_side_ends"),
    };

    private static SessionPlan Sessions(ReferenceRow row) => new()
    {
        UtcOffset = BeijingTime,
        DayAuctions = row.Spans("day_auctions"),
        Day = row.Spans("day"),
        NightAuctions = row.Spans("night_auctions"),
        Night = row.Spans("night"),
    };

    private static ContractTerms Today(ReferenceRow row) => new()
    {
        EffectiveFrom = DateOnly.MinValue,
        PriceTick = row.Number("price_tick"),
        LongMargin = new(row.Number("margin")),
        ShortMargin = new(row.Number("margin")),
        Fees = new(Fee(row, "fee_open"), Fee(row, "fee_close"), Fee(row, "fee_close_today")),
        PriceLimit = row.NumberOrNull("price_limit") is { } limit ? new Ratio(limit) : null,
        LargestLimitOrder = row.NumberOrNull("largest_limit_order"),
        LargestMarketOrder = row.NumberOrNull("largest_market_order"),
        DistinguishesToday = row.Word("distinguishes_today", ("yes", true), ("no", false)),
        SingleSide = row.Word("single_side", ("real_time", SingleSideMargin.RealTime), ("at_settlement", SingleSideMargin.AtSettlement), ("never", SingleSideMargin.Never)),
        MarginGroup = row["margin_group"],
    };

    private static FeeRate Fee(ReferenceRow row, string column)
        => new(row.Word("fee_basis", ("by_money", FeeBasis.ByMoney), ("by_volume", FeeBasis.ByVolume)), row.Number(column));

    // A change is today's row with the named cells replaced, so that a date of which little is known says only that.
    private static List<ContractTerms> Terms(ContractTerms today, IEnumerable<ReferenceRow> changes)
    {
        var dated = changes.Select(row => Changed(today, row)).ToList();
        if (dated.Count == 0 || dated[0].EffectiveFrom > DateOnly.MinValue) dated.Insert(0, today);
        return dated.OrderBy(terms => terms.EffectiveFrom).ToList();
    }

    private static ContractTerms Changed(ContractTerms today, ReferenceRow row)
    {
        var margin = row.NumberOrNull("margin") is { } ratio ? new Ratio(ratio) : (Ratio?)null;
        return today with
        {
            EffectiveFrom = row.DateOrNull("effective_from") ?? DateOnly.MinValue,
            FirstDelivery = FirstDelivery(row),
            PriceTick = row.NumberOrNull("price_tick") ?? today.PriceTick,
            LongMargin = margin ?? today.LongMargin,
            ShortMargin = margin ?? today.ShortMargin,
        };
    }

    private static DeliveryMonth? FirstDelivery(ReferenceRow row)
        => row.TextOrNull("first_delivery") is not { } digits ? null
            : DeliveryMonth.FromFourDigits(digits) ?? throw row.Wrong("first_delivery", "a delivery month such as 2312");

    private static DeliveryMargin DeliveryMargin(ReferenceRow row) => new(row.Count("month"), row.Count("trading_day"), new(row.Number("margin")));

    private static LastTradingDayRule LastTradingDay(ReferenceRow row)
    {
        var (kind, number) = row["last_trading_day"].Split(':') is [var word, var digits] ? (word, digits) : (row["last_trading_day"], "0");
        if (!int.TryParse(number, System.Globalization.CultureInfo.InvariantCulture, out var n)) throw row.Wrong("last_trading_day", "a rule such as date:15");
        return kind switch
        {
            "date" => new(LastTradingDayKind.DayOfMonth, n),
            "trading_day" => new(LastTradingDayKind.TradingDayOfMonth, n),
            "trading_day_from_end" => new(LastTradingDayKind.TradingDayOfMonth, -n),
            "friday" => new(LastTradingDayKind.FridayOfMonth, n),
            "last_monday" => new(LastTradingDayKind.LastMonday, 0),
            "month_before" => new(LastTradingDayKind.EndOfMonthBefore, 0),
            _ => throw row.Wrong("last_trading_day", "a rule such as date:15"),
        };
    }
}
