using QuantDash.Core.Markets.History;
using QuantDash.Tests.Core.Markets.History.Import;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage.Bars;
using static QuantDash.Tests.Core.Markets.History.HistorySamples;

namespace QuantDash.Tests.Web.Adapters.Storage.Bars;

public sealed class BarArchiveTests : IDisposable
{
    private const int HeaderSize = 256;
    private const int RecordSize = 80;

    private readonly TempFolder _folder = new();
    private readonly BarArchive _archive;

    public BarArchiveTests() => _archive = new(_folder.Path);

    private string FileOfMinutes => Path.Combine(_folder.Path, "history", "US.AAPL", "1m.qdb");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Merge_IntoNothing_ReadsBackExactly()
    {
        var bars = BarColumns.Of(Minute, 0.01m, [Bar(-60_000, 7) with { High = 9, Low = 5, Volume = 0.1, OpenInterest = 3.5 }, Bar(60_000, 8)]);

        Merge(bars).ShouldBe(new(2, 0, 0, 0, 0));

        var read = _archive.Read(Minute).ShouldNotBeNull();
        read.Bars().ShouldBe(bars.Bars());
        (read.Key, read.PriceTick).ShouldBe((Minute, 0.01m));
        new FileInfo(FileOfMinutes).Length.ShouldBe(HeaderSize + (2 * RecordSize));
    }

    [Fact]
    public void Merge_BehindTheLast_Appends()
    {
        Merge(Minutes(0, 10, 11));
        var before = File.ReadAllBytes(FileOfMinutes);

        Merge(Minutes(2, 12, 13)).ShouldBe(new(2, 0, 0, 0, 0));

        Closes().ShouldBe([10, 11, 12, 13]);
        File.ReadAllBytes(FileOfMinutes)[..before.Length].ShouldBe(before);
    }

    [Fact]
    public void Merge_OfTheSameAgain_ReplacesAndNeverDoubles()
    {
        Merge(Minutes(0, 10, 11, 12));

        Merge(Minutes(0, 10, 99, 12)).ShouldBe(new(0, 1, 2, 0, 0));

        Closes().ShouldBe([10, 99, 12]);
    }

    [Fact]
    public void Merge_OfTwoSources_KeepsThemApart()
    {
        var other = Minute with { Source = new("elsewhere") };
        Merge(Minutes(0, 10));
        Merge(BarColumns.Of(other, 0.01m, [Bar(0, 20)]));

        Closes().ShouldBe([10]);
        _archive.Read(other)!.Closes.ToArray().ShouldBe([20]);
    }

    [Fact]
    public void Merge_InAnotherPriceTick_IsRefused()
    {
        Merge(Minutes(0, 10));

        var refused = _archive.Merge(BarColumns.Of(Minute, 0.05m, [Bar(0, 20)]), BarMerge.Overlapping);

        refused.Problems.ShouldHaveSingleItem().Code.ShouldBe("bars_other_price_tick");
        Closes().ShouldBe([10]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(79)]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(240)]
    public void Read_AfterATornAppend_ShowsWhatWasThereBefore(int writtenBytes)
    {
        Merge(Minutes(0, 10, 11));
        var before = new FileInfo(FileOfMinutes).Length;
        Merge(Minutes(2, 12, 13, 14, 15));
        Cut(before + writtenBytes);

        Closes().ShouldBe([10, 11]);
        _archive.Catalogue().Series.ShouldHaveSingleItem().Count.ShouldBe(2);

        Merge(Minutes(5, 20));
        Closes().ShouldBe([10, 11, 20]);
        new FileInfo(FileOfMinutes).Length.ShouldBe(HeaderSize + (3 * RecordSize));
    }

    [Fact]
    public void Read_AfterZeroesWereLeftBehindTheLast_IgnoresThem()
    {
        Merge(Minutes(0, 10, 11));
        Cut(HeaderSize + (20 * RecordSize));

        Closes().ShouldBe([10, 11]);
    }

    [Fact]
    public void Read_OfADamagedRecord_SaysWhich()
    {
        Merge(Minutes(0, 10, 11, 12));
        Flip(HeaderSize + RecordSize + 30);

        Should.Throw<InvalidDataException>(() => _archive.Read(Minute)).Message.ShouldContain("Bar 1 of");
    }

    [Fact]
    public void Catalogue_WithADamagedFile_ListsTheOthersAndNamesIt()
    {
        Merge(Minutes(0, 10, 11, 12));
        Merge(BarColumns.Of(Key("US.SPY", "1d"), 0.01m, [Bar(0, 1, minutes: 1440)]));
        Flip(40);

        var catalogue = _archive.Catalogue();

        catalogue.Series.ShouldHaveSingleItem().Key.Symbol.ToString().ShouldBe("US.SPY");
        catalogue.Damaged.ShouldHaveSingleItem().ShouldContain("1m.qdb");
    }

    [Fact]
    public void Catalogue_TellsSpanUnitAndSize()
    {
        Merge(Minutes(3, 10, 11));

        _archive.Catalogue(Minute.Source, Minute.Symbol).Series.ShouldHaveSingleItem().ShouldBe(new(Minute, 0.01m, 2, 180_000, 300_000, HeaderSize + (2 * RecordSize)) { FirstDay = new(1970, 1, 1), LastDay = new(1970, 1, 1) });
        _archive.Catalogue(new("nobody")).Series.ShouldBeEmpty();
    }

    [Fact]
    public void Read_OfASpan_TakesOnlyIt()
    {
        Merge(Minutes(0, 10, 11, 12, 13));

        _archive.Read(Minute, 60_000, 180_000)!.Closes.ToArray().ShouldBe([11, 12]);
        _archive.Read(Key("US.AAPL", "5m")).ShouldBeNull();
    }

    [Fact]
    public void Read_BesideAReplacement_StaysWhole()
    {
        Merge(Minutes(0, 10, 11, 12));
        using var reader = BarFileReader.Open(FileOfMinutes);

        Merge(Minutes(0, 20, 21, 22));

        reader.Read(long.MinValue, long.MaxValue).Closes.ToArray().ShouldBe([10, 11, 12]);
        Closes().ShouldBe([20, 21, 22]);
    }

    [Fact]
    public void Merge_WhileAnotherWrites_SaysBusy()
    {
        Merge(Minutes(0, 10));
        using var other = File.Open(FileOfMinutes + ".lock", FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        _archive.Merge(Minutes(1, 11), BarMerge.Overlapping).Problems.ShouldHaveSingleItem().Code.ShouldBe("bars_busy");
    }

    [Fact]
    public void Remove_OfASeries_LeavesTheOthers()
    {
        Merge(Minutes(0, 10));
        Merge(BarColumns.Of(Key("US.AAPL", "1d"), 0.01m, [Bar(0, 1, minutes: 1440)]));

        (_archive.Remove(Minute), _archive.Remove(Minute)).ShouldBe((true, false));

        _archive.Catalogue().Series.ShouldHaveSingleItem().Key.Timeframe.ShouldBe(Timeframe.Day);
    }

    [DataFact]
    public void Merge_OfTheIndexFuture_ReadsBackAll68145()
    {
        var bars = RealBarFilesTests.IndexFuture();
        Merge(bars);

        _archive.Read(bars.Key)!.Bars().ShouldBe(bars.Bars());
    }

    private BarMergeResult Merge(BarColumns bars) => _archive.Merge(bars, BarMerge.Overlapping).Value;

    private long[] Closes() => _archive.Read(Minute)!.Closes.ToArray();

    private void Cut(long length)
    {
        using var file = File.OpenWrite(FileOfMinutes);
        file.SetLength(length);
    }

    private void Flip(int at)
    {
        var bytes = File.ReadAllBytes(FileOfMinutes);
        bytes[at] ^= 0xFF;
        File.WriteAllBytes(FileOfMinutes, bytes);
    }
}
