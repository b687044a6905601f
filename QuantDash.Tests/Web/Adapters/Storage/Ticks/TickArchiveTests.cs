using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Core.Markets;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage.Ticks;

namespace QuantDash.Tests.Web.Adapters.Storage.Ticks;

public sealed class TickArchiveTests : IDisposable
{
    private static readonly SourceName Source = new("test");
    private static readonly DateOnly Monday = new(2025, 3, 3);
    private static readonly Contract Ta = MarketSamples.Contract();
    private readonly TempFolder _folder = new();

    private string DayFile => _folder.File("test/CZCE.TA2505/20250303.qdt");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_WhatWasAppended_IsTheSame()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var source = new SourceName($"s{seed}");
            var contract = Ta with { Product = Ta.Product with { VolumeStep = seed % 2 == 0 ? 1m : 0.001m } };
            var ticks = Ticks(seed, 700, contract.VolumeStep);
            using (var archive = new TickArchive(_folder.Path))
            {
                archive.Append(source, contract, Monday, ticks.AsSpan(0, 300));
                archive.Read(source, Ta.Symbol, Monday).ShouldBe(ticks.Take(300), $"open, seed {seed}");
                archive.Append(source, contract, Monday, ticks.AsSpan(300));
            }

            using var again = new TickArchive(_folder.Path);
            again.Read(source, Ta.Symbol, Monday).ShouldBe(ticks, $"mapped, seed {seed}");
            again.Days(source).ShouldHaveSingleItem().ShouldBe(new TickDay(source, Ta.Symbol, Monday, 2m, 700));
        }
    }

    [Fact]
    public void Forget_RemovesOldDays_ButNeverTheLatestNorAnOpenNorAYoungOne()
    {
        var ticks = Ticks(1, 3, 1m);
        var other = MarketSamples.Contract() with { Symbol = Symbol.Create("CZCE", "TA2509") };
        var now = DateTimeOffset.UtcNow;
        using (var closed = new TickArchive(_folder.Path))
        {
            for (var day = 0; day < 4; day++) closed.Append(Source, Ta, Monday.AddDays(day), ticks);
            closed.Append(Source, other, Monday, ticks);
        }
        using var archive = new TickArchive(_folder.Path);
        archive.Append(Source, Ta, Monday.AddDays(2), ticks);
        foreach (var path in Directory.GetFiles(_folder.Path, "*.qdt", SearchOption.AllDirectories)) File.SetLastWriteTimeUtc(path, now.UtcDateTime.AddDays(-10));
        File.SetLastWriteTimeUtc(DayFile.Replace("20250303", "20250304", StringComparison.Ordinal), now.UtcDateTime.AddDays(-1));
        var size = new FileInfo(DayFile).Length;

        archive.Forget(now.AddDays(-11), _ => { }, default).ShouldBe(new TicksForgotten(0, 0));
        archive.Forget(now.AddDays(-5), _ => { }, default).ShouldBe(new TicksForgotten(1, size));

        archive.Days(Source, Ta.Symbol).Select(day => day.TradingDay).ShouldBe([Monday.AddDays(1), Monday.AddDays(2), Monday.AddDays(3)]);
        archive.Days(Source, other.Symbol).Count.ShouldBe(1);
    }

    [Fact]
    public void Forget_Stopped_KeepsWhatItHadNotReached()
    {
        using (var closed = new TickArchive(_folder.Path))
            for (var day = 0; day < 3; day++) closed.Append(Source, Ta, Monday.AddDays(day), Ticks(1, 3, 1m));
        using var archive = new TickArchive(_folder.Path);
        using var stop = new CancellationTokenSource();

        Should.Throw<OperationCanceledException>(() => archive.Forget(DateTimeOffset.UtcNow.AddDays(1), _ => stop.Cancel(), stop.Token));

        archive.Days(Source).Count.ShouldBe(2);
    }

    /// <summary>Whatever byte a crash stops at, every whole record before it is kept and appending goes on behind it.</summary>
    [Fact]
    public void Append_AfterATornWrite_GoesOnAfterTheLastWholeRecord()
    {
        var ticks = Ticks(1, 4, 1m);
        using (var archive = new TickArchive(_folder.Path)) archive.Append(Source, Ta, Monday, ticks.AsSpan(0, 3));
        var whole = File.ReadAllBytes(DayFile);
        for (var length = 0; length <= whole.Length; length += length is 0 or 255 ? 1 : 9)
        {
            File.WriteAllBytes(DayFile, whole[..length]);
            var kept = Math.Max(0, (length - 256) / 128);
            using var archive = new TickArchive(_folder.Path);
            archive.Read(Source, Ta.Symbol, Monday).ShouldBe(ticks.Take(kept), $"{length} bytes");
            archive.Append(Source, Ta, Monday, ticks.AsSpan(3));
            archive.Read(Source, Ta.Symbol, Monday).ShouldBe([.. ticks.Take(kept), ticks[3]], $"{length} bytes");
        }
    }

    [Fact]
    public void Append_AfterPagesTheDiskNeverReceived_DropsTheZeros()
    {
        var ticks = Ticks(1, 3, 1m);
        using (var archive = new TickArchive(_folder.Path)) archive.Append(Source, Ta, Monday, ticks.AsSpan(0, 2));
        using (var file = File.OpenWrite(DayFile)) file.SetLength(file.Length + (3 * 128));

        using var again = new TickArchive(_folder.Path);
        again.Read(Source, Ta.Symbol, Monday).ShouldBe(ticks.Take(2));
        again.Append(Source, Ta, Monday, ticks.AsSpan(2));
        again.Read(Source, Ta.Symbol, Monday).ShouldBe(ticks);
    }

    [Fact]
    public void Append_OtherPriceTick_IsRefusedAndHarmsNothing()
    {
        var ticks = Ticks(1, 3, 1m);
        using (var archive = new TickArchive(_folder.Path)) archive.Append(Source, Ta, Monday, ticks);

        using var again = new TickArchive(_folder.Path);
        Should.Throw<InvalidDataException>(() => again.Append(Source, MarketSamples.Contract(priceTick: 1m), Monday, ticks));
        again.Read(Source, Ta.Symbol, Monday).ShouldBe(ticks);
    }

    [Fact]
    public void Read_NoSuchDay_IsEmpty()
    {
        using var archive = new TickArchive(_folder.Path);
        archive.Read(Source, Ta.Symbol, Monday).ShouldBeEmpty();
        archive.Days().ShouldBeEmpty();
    }

    [Fact]
    public void Stage_NotCommitted_LeavesNoTrace()
    {
        using var archive = new TickArchive(_folder.Path);
        using (var staging = archive.Stage(Source))
        {
            foreach (var tick in Ticks(1, 2000, 1m)) staging.Add(Ta, Monday, tick);
            archive.Days().ShouldBeEmpty();
        }

        archive.Days().ShouldBeEmpty();
        Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).Select(Path.GetFileName).ShouldBe([".owner"]);
    }

    [Fact]
    public void Commit_OverStoredAndRecordingDay_MergesByTimeWithoutDoubles()
    {
        var ticks = Ticks(1, 1000, 1m);
        using var archive = new TickArchive(_folder.Path);
        archive.Append(Source, Ta, Monday, ticks.AsSpan(200, 600));
        using (var staging = archive.Stage(Source))
        {
            // Times of reception differ: that does not make another tick.
            foreach (var tick in ticks) staging.Add(Ta, Monday, tick with { ReceivedAt = tick.OccurredAt });
            staging.Commit().ShouldBe(400);
        }

        archive.Read(Source, Ta.Symbol, Monday).Select(t => t.OccurredAt).ShouldBe(ticks.Select(t => t.OccurredAt));
        archive.Append(Source, Ta, Monday, ticks.AsSpan(999));
        archive.Days().ShouldHaveSingleItem().Count.ShouldBe(1001);
    }

    [Fact]
    public void Commit_CrashBeforeTheMerge_IsMadeUpForAtTheNextStart()
    {
        var ticks = Ticks(1, 50, 1m);
        using (var other = new TickArchive(_folder.File("elsewhere"))) other.Append(Source, Ta, Monday, ticks);
        Directory.CreateDirectory(_folder.File("ticks/.imports/1/test"));
        Directory.Move(_folder.File("elsewhere/test/CZCE.TA2505"), _folder.File("ticks/.imports/1/test/CZCE.TA2505"));
        File.WriteAllText(_folder.File("ticks/.imports/1/committed"), "");
        Directory.CreateDirectory(_folder.File("ticks/.imports/2/test"));

        using var archive = new TickArchive(_folder.File("ticks"));

        archive.Read(Source, Ta.Symbol, Monday).ShouldBe(ticks);
        Directory.EnumerateDirectories(_folder.File("ticks/.imports")).ShouldBeEmpty();
    }

    /// <summary>The command line imports while a server records: it stages, the server takes over.</summary>
    [Fact]
    public void Commit_ByAnotherProcess_IsTakenOverByTheOwner()
    {
        var ticks = Ticks(1, 10, 1m);
        using var owner = new TickArchive(_folder.Path);
        owner.Append(Source, Ta, Monday, ticks.AsSpan(0, 5));
        using (var other = new TickArchive(_folder.Path))
        {
            other.IsOwner.ShouldBeFalse();
            Should.Throw<InvalidOperationException>(() => other.Append(Source, Ta, Monday, ticks));
            using var staging = other.Stage(Source);
            foreach (var tick in ticks.AsSpan(5)) staging.Add(Ta, Monday, tick);
            owner.AdoptImports();
            staging.Commit().ShouldBe(5);
        }

        owner.Read(Source, Ta.Symbol, Monday).ShouldBe(ticks.Take(5));
        owner.AdoptImports();
        owner.Read(Source, Ta.Symbol, Monday).ShouldBe(ticks);
    }

    /// <summary>The recorder looks for given-up imports whenever it is idle: it once removed a folder in the moment it was made.</summary>
    [Fact]
    public async Task Stage_WhileTheOwnerLooksForGivenUpImports_LosesNothing()
    {
        const int imports = 400;
        var ticks = Ticks(1, imports, 1m);
        using var archive = new TickArchive(_folder.Path);
        using var over = new CancellationTokenSource();
        var sweeping = Task.Run(() =>
        {
            while (!over.IsCancellationRequested) archive.AdoptImports();
        });

        for (var i = 0; i < imports; i++)
        {
            using var staging = archive.Stage(Source);
            staging.Add(Ta, Monday, ticks[i]);
            staging.Commit().ShouldBe(1);
        }

        await over.CancelAsync();
        await sweeping;
        archive.Read(Source, Ta.Symbol, Monday).ShouldBe(ticks);
    }

    /// <summary>A perpetual's mark prices are stored with its ticks: a replay of a rule that decides by them sees what the live rule saw.</summary>
    [Fact]
    public void Read_TicksWithMarks_AreTheSame()
    {
        var ticks = Marked(300);
        using (var archive = new TickArchive(_folder.Path)) archive.Append(Source, MarketSamples.Perpetual(), Monday, ticks);
        File.ReadAllBytes(DayFile).Length.ShouldBe(256 + (300 * 136));

        using var again = new TickArchive(_folder.Path);
        again.Read(Source, Ta.Symbol, Monday).ShouldBe(ticks);
        again.Last(Source, Ta.Symbol)!.Tick.ShouldBe(ticks[^1]);
        again.Days(Source).ShouldHaveSingleItem().Count.ShouldBe(300);
    }

    /// <summary>A day begun before marks were stored stays readable and goes on with them.</summary>
    [Fact]
    public void Append_DayOfTheVersionWithoutMarks_KeepsWhatItHolds()
    {
        var (old, ticks) = (Ticks(1, 100, 1m), Marked(20));
        using (var archive = new TickArchive(_folder.Path)) archive.Append(Source, Ta, Monday, old);
        File.ReadAllBytes(DayFile)[8].ShouldBe((byte)1);

        using var again = new TickArchive(_folder.Path);
        again.Read(Source, Ta.Symbol, Monday).ShouldBe(old);
        again.Append(Source, MarketSamples.Perpetual(), Monday, ticks.AsSpan(0, 10));
        again.Append(Source, MarketSamples.Perpetual(), Monday, ticks.AsSpan(10));
        again.Read(Source, Ta.Symbol, Monday).ShouldBe([.. old, .. ticks]);
        using (var staging = again.Stage(Source))
        {
            staging.Add(MarketSamples.Perpetual(), Monday, ticks[0]);
            staging.Add(MarketSamples.Perpetual(), Monday, ticks[0] with { MarkTicks = 1 });
            staging.Commit().ShouldBe(1);
        }
    }

    [Fact]
    public void Last_WhenTheNewestFileIsDamaged_IsThatOfTheDayBefore()
    {
        using var archive = new TickArchive(_folder.Path);
        archive.Append(Source, Ta, Monday, Ticks(1, 3, 1m));
        File.WriteAllBytes(_folder.File("test/CZCE.TA2505/20250304.qdt"), new byte[4096]);
        archive.Last(Source, Ta.Symbol).ShouldNotBeNull().TradingDay.ShouldBe(Monday);
    }

    /// <summary>Else the trader would not start for it.</summary>
    [Fact]
    public void Open_WithADamagedImport_Opens()
    {
        Directory.CreateDirectory(_folder.File(".imports/one/test/CZCE.TA2505"));
        File.WriteAllBytes(_folder.File(".imports/one/test/CZCE.TA2505/20250303.qdt"), new byte[4096]);
        File.WriteAllBytes(_folder.File(".imports/one/committed"), []);
        using var archive = new TickArchive(_folder.Path);
        archive.Days().ShouldBeEmpty();
        Directory.Exists(_folder.File(".imports/one")).ShouldBeTrue("nothing of it is thrown away");
    }

    private static Tick[] Marked(int count) => [.. Ticks(2, count, 1m).Select((tick, i) => tick with { MarkTicks = i % 3 == 0 ? 0 : 2000 + i })];

    private static Tick[] Ticks(int seed, int count, decimal step)
    {
        var random = new Random(seed);
        decimal Volume() => random.Next(1_000_000) * step;
        long Side() => random.Next(4) == 0 ? 0 : random.Next(2000, 3000);
        return Enumerable.Range(0, count).Select(i => new Tick
        {
            OccurredAt = MarketSamples.Noon.AddMilliseconds(500 * i), ReceivedAt = MarketSamples.Noon.AddMilliseconds((500 * i) + random.Next(90)),
            LastTicks = random.Next(2000, 3000), BidTicks = Side(), AskTicks = Side(), BidVolume = Volume(), AskVolume = Volume(), DayVolume = Volume(),
            OpenInterest = Volume(), OpenTicks = Side(), HighTicks = Side(), LowTicks = Side(), PreSettlement = random.Next(100_000) / 100m,
            UpperLimitTicks = Side(), LowerLimitTicks = Side(),
        }).ToArray();
    }
}
