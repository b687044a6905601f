using FsCheck;
using FsCheck.Fluent;
using QuantDash.Core.Markets.History;
using static QuantDash.Tests.Core.Markets.History.HistorySamples;

namespace QuantDash.Tests.Core.Markets.History;

public sealed class BarMergingTests
{
    [Fact]
    public void Merge_OfTheSameSpanAgain_ReplacesWithoutDoubling()
    {
        var (bars, result) = BarMerging.Merge(Minutes(0, 10, 11, 12, 13), Minutes(1, 21, 12, 23), BarMerge.Overlapping);

        bars.Closes.ToArray().ShouldBe([10, 21, 12, 23]);
        result.ShouldBe(new(Added: 0, Replaced: 2, Unchanged: 1, KeptInside: 0, Removed: 0));
    }

    [Fact]
    public void Merge_BeforeBetweenAndBehind_KeepsTheOrderOfTime()
    {
        var stored = BarColumns.Of(Minute, 0.01m, [Bar(120_000, 2), Bar(240_000, 4)]);
        var added = BarColumns.Of(Minute, 0.01m, [Bar(0, 0), Bar(180_000, 3), Bar(360_000, 6)]);

        var (bars, result) = BarMerging.Merge(stored, added, BarMerge.Overlapping);

        bars.Closes.ToArray().ShouldBe([0, 2, 3, 4, 6]);
        result.ShouldBe(new(Added: 3, Replaced: 0, Unchanged: 0, KeptInside: 2, Removed: 0));
    }

    [Fact]
    public void Merge_OfTheWholeSpan_RemovesWhatTheNewBarsLack()
    {
        var stored = Minutes(0, 10, 11, 12, 13);
        var added = BarColumns.Of(Minute, 0.01m, [Bar(60_000, 21), Bar(180_000, 23)]);

        var (bars, result) = BarMerging.Merge(stored, added, BarMerge.WholeSpan);

        bars.Closes.ToArray().ShouldBe([10, 21, 23]);
        result.ShouldBe(new(Added: 0, Replaced: 2, Unchanged: 0, KeptInside: 0, Removed: 1));
    }

    [Fact]
    public void Merge_OfBarsThatLieAcross_LeavesNoOverlap()
    {
        var added = BarColumns.Of(Minute, 0.01m, [Bar(90_000, 99)]);

        var (bars, result) = BarMerging.Merge(Minutes(0, 10, 11, 12, 13), added, BarMerge.Overlapping);

        bars.Closes.ToArray().ShouldBe([10, 99, 13]);
        result.ShouldBe(new(Added: 0, Replaced: 2, Unchanged: 0, KeptInside: 0, Removed: 0));
    }

    [Fact]
    public void Merge_OfAnotherSourceOrUnit_Throws()
    {
        var other = BarColumns.Empty(Minute with { Source = new("elsewhere") }, 0.01m);

        Should.Throw<ArgumentException>(() => BarMerging.Merge(Minutes(0, 1), other, BarMerge.Overlapping));
        Should.Throw<ArgumentException>(() => BarMerging.Merge(Minutes(0, 1), BarColumns.Empty(Minute, 0.1m), BarMerge.Overlapping));
    }

    /// <summary>Against the plain idea: a dictionary by minute.</summary>
    [Fact]
    public void Merge_OfAnyMinutes_IsThatOfADictionary() => Prop.ForAll((byte[] before, byte[] after) =>
    {
        var (stored, added) = (Series(before, 1), Series(after, 2));
        var expected = stored.Bars().ToDictionary(bar => bar.Start);
        foreach (var bar in added.Bars()) expected[bar.Start] = bar;

        var (bars, result) = BarMerging.Merge(stored, added, BarMerge.Overlapping);

        return bars.Bars().SequenceEqual(expected.OrderBy(e => e.Key).Select(e => e.Value)) && result.Added + result.Replaced == added.Count;
    }).Check(Config.QuickThrowOnFailure);

    private static BarColumns Series(IEnumerable<byte> minutes, long price) =>
        BarColumns.Of(Minute, 0.01m, [.. minutes.Distinct().Order().Select(minute => Bar(minute * 60_000L, price))]);
}
