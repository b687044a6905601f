using FsCheck;
using FsCheck.Fluent;
using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;
using static QuantDash.Tests.Core.Instruments.InstrumentSamples;

namespace QuantDash.Tests.Core.Instruments;

public sealed class SymbolParserProperties
{
    private static readonly Dictionary<string, string[]> Suffixes = new()
    {
        ["SHFE"] = ["SHF", "SHFE"], ["INE"] = ["INE"], ["DCE"] = ["DCE"], ["CZCE"] = ["ZCE", "CZCE"], ["CFFEX"] = ["CFX", "CFFEX"], ["GFEX"] = ["GFE", "GFEX"],
    };

    /// <summary>Any product, any month within two years of the day, however it is spelled: one canonical symbol, which reads as itself.</summary>
    [Fact]
    public void Parse_OfEverySpellingOfAContract_IsOneSymbol()
    {
        var contracts =
            from product in Gen.Elements(Catalog.Products.Where(product => product.Class == AssetClass.Future))
            from month in Gen.Choose(0, 12 * 60)
            from ahead in Gen.Choose(-24, 24)
            select (Product: product, Month: new DateOnly(2015, 1, 1).AddMonths(month), AsOf: new DateOnly(2015, 1, 17).AddMonths(month - ahead));

        Prop.ForAll(contracts.ToArbitrary(), contract =>
        {
            var (product, month, asOf) = contract;
            var canonical = $"{product.Exchange}.{product.Code}{month.Year % 100:00}{month.Month:00}";
            foreach (var spelling in Spellings(product, month))
            {
                Catalog.Spellings.Parse(spelling, asOf).Value.ToString().ShouldBe(canonical, spelling);
            }

            var symbol = Symbol.ParseCanonical(canonical);
            Catalog.Spellings.Parse(SymbolParser.ToExchangeCode(symbol), asOf).Value.ShouldBe(symbol);
            Catalog.Resolve(canonical, asOf).Value.Symbol.ShouldBe(symbol);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    /// <summary>Whatever comes in, the answer is a symbol that reads as itself or one problem; never an exception.</summary>
    [Fact]
    public void Parse_OfAnyText_IsASymbolOrAProblem()
    {
        var pieces = Gen.Elements("SHFE", "cffex", "HK", "US", "BINANCE", ".", "au", "TA", "IF", "2505", "505", "0", "99999", " ", "-", "&", "中", "\0", "AAPL");
        Prop.ForAll(pieces.ListOf().Select(string.Concat).ToArbitrary(), text =>
        {
            var outcome = Catalog.Spellings.Parse(text, Day("2026-11-21"));
            if (outcome.Succeeded) Catalog.Spellings.Parse(outcome.Value.ToString(), Day("2026-11-21")).Value.ShouldBe(outcome.Value);
            else outcome.Problems.ShouldHaveSingleItem();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    private static IEnumerable<string> Spellings(Product product, DateOnly month)
    {
        var digits = $"{month.Year % 100:00}{month.Month:00}";
        string[] lengths = product.Exchange == "CZCE" ? [digits, digits[1..]] : [digits];
        foreach (var code in lengths.SelectMany(d => (string[])[product.Code + d, product.Code.ToUpperInvariant() + d, product.Code.ToLowerInvariant() + d]))
        {
            yield return code;
            foreach (var name in Suffixes[product.Exchange])
            {
                yield return $"{name}.{code}";
                yield return $"{code}.{name}";
                yield return $"{code}.{name.ToLowerInvariant()}";
            }
        }
    }
}
