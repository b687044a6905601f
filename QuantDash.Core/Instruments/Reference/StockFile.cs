using QuantDash.Core.Primitives;

namespace QuantDash.Core.Instruments.Reference;

/// <summary>Reads <c>stocks.csv</c>: shares of Hong Kong and the United States (DOMAIN.md 3), paid in full, one side at a time. What is alike for all of a market stands here.</summary>
internal static class StockFile
{
    private const decimal HongKongFee = 0.001m + 0.000027m + 0.0000015m + 0.0000565m + 0.000042m;
    private const decimal SectionThirtyOneFee = 0.0000206m;
    private static readonly FeeRate Free = new(FeeBasis.ByMoney, 0m);

    public static IReadOnlyList<Product> Load(MarketCalendars calendars) => Read(ReferenceTable.Load("stocks.csv"), calendars);

    public static IReadOnlyList<Product> Read(ReferenceTable table, MarketCalendars calendars)
    {
        var (hongKong, newYork) = (HongKong(calendars.HongKong), NewYork(calendars.NewYork));
        return [.. table.Rows.Select(row => row.Word("exchange", ("HK", true), ("US", false)) ? HongKongShare(row, hongKong) : AmericanShare(row, newYork))];
    }

    /// <summary>Stamp duty, levies, trading and settlement fee of each side; the commission is the broker's. What the exchange rounds up to whole dollars is not.</summary>
    private static Product HongKongShare(ReferenceRow row, SessionPlan sessions)
    {
        var fee = new FeeRate(FeeBasis.ByMoney, HongKongFee);
        var code = row["code"];
        if (code.Length != 5 || !code.All(char.IsAsciiDigit)) throw row.Wrong("code", "five digits");
        return Share(row, Currency.Hkd, sessions, [Terms(row, DateOnly.MinValue, new(fee, fee, fee))]) with { PriceSteps = Spreads };
    }

    /// <summary>Sellers pay the fee of section 31 since 2026-04-04; for the little that is paid by the share there is no place.</summary>
    private static Product AmericanShare(ReferenceRow row, SessionPlan sessions)
    {
        var sale = new FeeRate(FeeBasis.ByMoney, SectionThirtyOneFee);
        var code = row["code"];
        if (code.Length is 0 or > 24 || !code.All(letter => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter))) throw row.Wrong("code", "letters A to Z and digits");
        return Share(row, Currency.Usd, sessions, [Terms(row, DateOnly.MinValue, new(Free, Free, Free)), Terms(row, new(2026, 4, 4), new(Free, sale, sale))]);
    }

    private static Product Share(ReferenceRow row, Currency currency, SessionPlan sessions, IReadOnlyList<ContractTerms> terms) => new()
    {
        Exchange = row["exchange"],
        Code = row["code"],
        ChineseName = row["name_zh"],
        EnglishName = row["name_en"],
        Class = AssetClass.Stock,
        Currency = currency,
        Multiplier = 1,
        VolumeStep = Positive(row, "lot", row.Count("lot")),
        HoldsBothSides = false,
        Sessions = sessions,
        Terms = terms,
    };

    private static ContractTerms Terms(ReferenceRow row, DateOnly from, FeeSchedule fees) => new()
    {
        EffectiveFrom = from,
        PriceTick = Positive(row, "price_tick", row.Number("price_tick")),
        LongMargin = Ratio.One,
        ShortMargin = Ratio.One,
        MarginPrice = MarginPrice.Latest,
        Fees = fees,
        DistinguishesToday = false,
        SingleSide = SingleSideMargin.Never,
        MarginGroup = $"{row["exchange"]}.{row["code"]}",
    };

    private static decimal Positive(ReferenceRow row, string column, decimal value) => value > 0 ? value : throw row.Wrong(column, "a number above 0");

    /// <summary>The spread table since 2025-08-04.</summary>
    private static PriceSteps Spreads { get; } = new(
    [
        (0.25m, 0.001m), (0.5m, 0.005m), (20m, 0.01m), (50m, 0.02m), (100m, 0.05m), (200m, 0.1m), (500m, 0.2m), (1_000m, 0.5m), (2_000m, 1m), (5_000m, 2m), (9_995m, 5m),
    ]);

    /// <summary>Pre-opening and closing auction around two sessions; on the eve of a feast the morning is all.</summary>
    private static SessionPlan HongKong(TradingCalendar calendar) => new()
    {
        UtcOffset = TimeSpan.FromHours(8),
        Calendar = calendar,
        ShortDayEnd = new(12, 0),
        DayAuctions = [new(new(9, 0), new(9, 30)), new(new(16, 0), new(16, 10))],
        Day = [new(new(9, 30), new(12, 0)), new(new(13, 0), new(16, 0))],
        NightAuctions = [],
        Night = [],
    };

    /// <summary>The regular session; before and after it nothing is decided.</summary>
    private static SessionPlan NewYork(TradingCalendar calendar) => new()
    {
        UtcOffset = TimeSpan.FromHours(-5),
        Zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York"),
        Calendar = calendar,
        ShortDayEnd = new(13, 0),
        DayAuctions = [],
        Day = [new(new(9, 30), new(16, 0))],
        NightAuctions = [],
        Night = [],
    };
}
