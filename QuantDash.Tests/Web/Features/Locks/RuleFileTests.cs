using System.Reflection;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Locks;

namespace QuantDash.Tests.Web.Features.Locks;

/// <summary>Rules as files: every term of a rule comes back as it went, and a file that cannot be read says why.</summary>
public sealed class RuleFileTests
{
    private static readonly string[] NotTerms = ["Id", "CreatedAt", "UpdatedAt", "DisabledReason", "LocksAtLeastOneLot", "ParentId"];
    private static readonly ContractCatalog Catalog = ContractCatalog.FromReferenceData(TradingCalendar.FromReferenceData());

    [Fact]
    public void EveryTerm_ExportedAndImported_IsEqual() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(Arb.From(Rules()), rule =>
    {
        foreach (var file in (string[])["\uFEFF" + RuleFile.Csv([rule]), RuleFile.Json([rule])])
        {
            var line = RuleImport.Read(RuleFile.Read(Encoding.UTF8.GetBytes(file)).Value, changes: true, SampleSnapshot.At(SampleSnapshot.Now), Catalog, SampleSnapshot.Now).ShouldHaveSingleItem();
            foreach (var term in Terms()) Show(term.GetValue(line.Rule)).ShouldBe(Show(term.GetValue(rule)), $"{term.Name} in {file}");
        }

        return true;
    }));

    /// <summary>Or the test above would say nothing about a term that is added later.</summary>
    [Fact]
    public void EveryTerm_IsVariedByTheSamples()
    {
        var rules = Gen.Sample(Rules(), 200).ToList();

        Terms().Where(term => rules.Select(rule => Show(term.GetValue(rule))).Distinct().Count() < 2).Select(term => term.Name).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+86")]
    [InlineData("-x")]
    [InlineData("@SUM(A1)")]
    [InlineData("'=quoted")]
    [InlineData("''")]
    [InlineData("a \"b\", c\nd")]
    public void Note_ASpreadsheetWouldRun_IsGuardedInTheFileAndTheSameAfterwards(string note)
    {
        var csv = RuleFile.Csv([Rule() with { Note = note }]);

        csv.ShouldNotContain("," + note + "\r\n");
        RuleFile.ReadCsv(csv).Value[0].Fields.GetProperty("note").GetString().ShouldBe(note);
    }

    [Fact]
    public void File_SavedBySpreadsheets_IsReadWithItsMarkLineEndsAndQuotes()
    {
        var bytes = Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes("symbol,\"note\",is_enabled\n\"DCE.v2505\",\"say \"\"x\"\"\",TRUE\r\n\r\n,,\r\nCZCE.TA2505,二,false")).ToArray();

        var rows = RuleFile.Read(bytes).Value;

        rows.Select(r => r.Number).ShouldBe([2, 5]);
        rows[0].Fields.GetRawText().ShouldBe("""{"symbol":"DCE.v2505","note":"say \u0022x\u0022","is_enabled":true}""");
    }

    [Theory]
    [InlineData("symbol;note\r\nDCE.v2505;x", "csv_separator")]
    [InlineData("symbol\tnote\r\nDCE.v2505\tx", "csv_separator")]
    [InlineData("symbol,nota\r\nDCE.v2505,x", "csv_unknown_column")]
    [InlineData("symbol,symbol\r\na,b", "csv_duplicate_column")]
    [InlineData("symbol,note\r\nDCE.v2505,\"x", "csv_quote")]
    [InlineData("symbol,note\r\nDCE.v2505,\"x\"y", "csv_quote")]
    [InlineData("\r\n \r\n", "csv_unknown_column")]
    [InlineData("", "file_empty")]
    [InlineData("{\"items\":3}", "not_an_array")]
    [InlineData("[{]", "malformed_json")]
    public void File_ThatIsNoRulesFile_SaysWhatIsWrong(string text, string code) => RuleFile.Read(Encoding.UTF8.GetBytes(text)).Problems.ShouldHaveSingleItem().Code.ShouldBe(code);

    [Fact]
    public void File_InAnotherEncoding_IsRefused() => RuleFile.Read([0x73, 0xB6, 0xE0]).Problems.ShouldHaveSingleItem().Code.ShouldBe("not_utf8");

    [Fact]
    public void Row_WithTooFewCells_IsRefusedByItself() =>
        RuleFile.ReadCsv("symbol,note\r\nDCE.v2505\r\nDCE.v2505,x\r\n").Value.Select(row => row.Problems.Count).ShouldBe([1, 0]);

    private static IEnumerable<PropertyInfo> Terms() => typeof(LockRule).GetProperties().Where(p => !NotTerms.Contains(p.Name));

    private static string Show(object? value) => value is System.Collections.IEnumerable and not string
        ? string.Join(' ', ((System.Collections.IEnumerable)value).Cast<object>().Select(item => item.ToString()))
        : value?.ToString() ?? "null";

    private static LockRule Rule() => SampleSnapshot.At(SampleSnapshot.Now).Rules[0].Rule;

    private static Gen<LockRule> Rules() => Gen.Choose(1, int.MaxValue - 1).Select(seed => Make(new(seed)));

#pragma warning disable CA5394, S2245 // The samples need to be repeatable, not secret.
    private static LockRule Make(Random random)
    {
        T Any<T>() where T : struct, Enum => Enum.GetValues<T>()[random.Next(Enum.GetValues<T>().Length)];
        bool Flag() => random.Next(2) == 0;
        decimal? Maybe(decimal value) => Flag() ? value : null;
        Price? MaybePrice() => Flag() ? new(random.Next(1, 9000)) : null;
        string?[] notes = [null, "plain", "=1+1", "a, \"b\"\nc", "中文", "'x", "-1"];
        TriggerTime[] times = [TriggerTime.TryParse("14:55:00")!, TriggerTime.TryParse("close-5")!, TriggerTime.TryParse("close-5@night")!, TriggerTime.TryParse("hold+30")!, TriggerTime.TryParse("last-30")!, TriggerTime.TryParse("close_today_relief")!];
        return Rule() with
        {
            Id = Guid.NewGuid(), AccountId = Flag() ? SampleSnapshot.Demo : SampleSnapshot.Replayed, Symbol = (Flag() ? SampleSnapshot.Pta : SampleSnapshot.Pvc).Symbol, Direction = Any<Side>(), TriggerType = Any<TriggerType>(),
            Also = [.. Enum.GetValues<TriggerType>().Where(_ => Flag())], IsEnabled = Flag(), AutoExecute = Flag(), ProfitLockEnabled = Flag(),
            ProfitLockThreshold = Maybe(random.Next(100_000) / 100m), DecayHalfLifeMinutes = Maybe(random.Next(1, 99)), DecayFloor = Maybe(random.Next(99)), TriggerTime = Flag() ? times[random.Next(times.Length)] : null,
            ProfitLockRatio = new(random.Next(1, 100) / 100m), TriggerPrice = MaybePrice(), StopLossPrice = MaybePrice(), StopLockRatio = new(random.Next(1, 100) / 100m),
            Stages = [.. Enumerable.Range(1, random.Next(4)).Select(i => new LadderStage((100m * i) + 0.5m, new(0.25m)))], MinOneLot = Flag() ? Flag() : null,
            TrailingStop = Flag(), TrailingDistance = Maybe(random.Next(1, 99) / 4m), TrailingMode = Any<TrailingMode>(), AtrPeriod = random.Next(2, 200),
            AtrTimeframe = AtrTimeframes.All.ElementAt(random.Next(AtrTimeframes.All.Count)), TrailingActivation = MaybePrice(), PriceSource = Any<PriceSource>(), ConfirmTicks = random.Next(1, 100),
            ConfirmTimeout = TimeSpan.FromSeconds(random.Next(10, 9999)), ConfirmTimeoutAction = Any<ConfirmTimeoutAction>(), MaxSlippageTicks = random.Next(1000), ProtectTicks = random.Next(1000), Rearm = Any<RearmMode>(),
            RearmCooldown = TimeSpan.FromSeconds(random.Next(1, 9999)), RearmAdds = Flag(), OcoGroup = Flag() ? "=group" : null, OcoMode = Any<OcoMode>(), IfLockRefused = Any<IfLockRefused>(), Action = Any<LockAction>(),
            Opposite = Any<OppositeLeg>(), LockId = Flag() ? Guid.NewGuid() : null, RelockPrice = MaybePrice(), RelockTicks = Flag() ? random.Next(1, 1000) : null, Shadow = Flag(), ValidUntil = Flag() ? SampleSnapshot.Now.AddMilliseconds(random.Next(1_000_000)) : null, Note = notes[random.Next(notes.Length)],
        };
    }
#pragma warning restore CA5394, S2245
}
