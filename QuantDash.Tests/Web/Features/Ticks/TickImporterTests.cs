using System.IO.Compression;
using System.Text;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage.Ticks;
using QuantDash.Web.Features.Ticks;

namespace QuantDash.Tests.Web.Features.Ticks;

public sealed class TickImporterTests : IDisposable
{
    private const string Header = "symbol,timestamp,last_price,volume,bid_price,ask_price";
    private static readonly SourceName Name = new("history");
    private static readonly TradingCalendar Calendar = TradingCalendar.FromReferenceData();
    private readonly TempFolder _folder = new();
    private readonly TickArchive _archive;
    private readonly TickImporter _importer;

    public TickImporterTests()
    {
        _archive = new TickArchive(_folder.Path);
        _importer = new TickImporter(ContractCatalog.FromReferenceData(Calendar), Calendar, _archive);
    }

    public void Dispose()
    {
        _archive.Dispose();
        _folder.Dispose();
    }

    [DataTheory]
    [InlineData("20210104", 27_955)]
    [InlineData("20210105", 28_000)]
    public async Task Import_RealDay_StoresEveryTickInItsTradingDay(string day, int about)
    {
        await using var file = File.OpenRead(TestData.PathOf($"cn_futures/CFFEX.IF.HOT_tick_{day}.csv.gz"));

        var end = await RunAsync(file);

        (end.State, end.BrokenRows, end.Problems.Count).ShouldBe((TickImportState.Imported, 0, 0));
        (end.Accepted + end.Duplicates).ShouldBe(end.Rows);
        end.Rows.ShouldBeInRange(about - 900, about + 900);
        var stored = _archive.Days().ShouldHaveSingleItem();
        stored.TradingDay.ToString("yyyyMMdd").ShouldBe(day);
        stored.Count.ShouldBe(end.Accepted);

        // Again: everything is there already.
        file.Position = 0;
        (await RunAsync(file)).Added.ShouldBe(0);
        _archive.Days().ShouldHaveSingleItem().Count.ShouldBe(end.Accepted);
    }

    [Fact]
    public async Task Import_NightSession_BelongsToTheNextTradingDay()
    {
        // Friday evening 21:00:01 Beijing.
        var end = await RunAsync(Csv("CZCE.TA2505,2025-02-28T13:00:01Z,5000,10,,"));

        end.State.ShouldBe(TickImportState.Imported);
        _archive.Days().ShouldHaveSingleItem().TradingDay.ShouldBe(new DateOnly(2025, 3, 3));
    }

    [Fact]
    public async Task Import_BrokenRows_RefusesTheFileAndNamesThem()
    {
        var end = await RunAsync(Broken());

        end.State.ShouldBe(TickImportState.Refused);
        end.Problems.ShouldHaveSingleItem().Code.ShouldBe("import_broken_rows");
        string.Join('\n', end.Broken.Select(b => $"{b.Line}: {string.Join(", ", b.Problems.Select(p => $"{p.Field} {p.Code}"))}")).ShouldBe(
            """
            3: line csv_columns
            4: last_price csv_not_a_number, volume csv_not_a_number
            5: last_price tick_not_a_number
            6: last_price tick_not_positive
            7: bid_price tick_off_tick
            8: bid_price tick_crossed, ask_price tick_crossed
            9: timestamp tick_backwards
            10: last_price tick_spike
            12: symbol unknown_symbol
            13: volume tick_negative_volume
            """);
        end.BrokenRows.ShouldBe(10);
        _archive.Days().ShouldBeEmpty();
        Directory.EnumerateFiles(_folder.Path, "*.qdt", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_SkipBroken_StoresTheRestAndSaysWhich()
    {
        var end = await RunAsync(Broken(), skipBroken: true);

        (end.State, end.Accepted, end.BrokenRows, end.Duplicates).ShouldBe((TickImportState.Imported, 3, 10, 1));
        _archive.Read(Name, Symbol.Create("CZCE", "TA2505"), new DateOnly(2025, 3, 3)).Select(t => t.LastTicks).ShouldBe([2500, 2501, 2502]);
    }

    [Fact]
    public async Task Import_RealJump_IsStoredWithBothItsTicks()
    {
        var end = await RunAsync(Csv(
            "TA505,2025-03-03T02:00:01Z,5000,10,,",
            "TA505,2025-03-03T02:00:02Z,6000,10,,",
            "TA505,2025-03-03T02:00:03Z,6002,10,,"));

        (end.State, end.Accepted).ShouldBe((TickImportState.Imported, 3));
        _archive.Read(Name, Symbol.Create("CZCE", "TA2505"), new DateOnly(2025, 3, 3)).Select(t => t.LastTicks).ShouldBe([2500, 3000, 3001]);
    }

    [Theory]
    [InlineData("", "csv_unknown_header")]
    [InlineData("hello\nworld", "csv_unknown_header")]
    [InlineData(Header, "import_empty")]
    [InlineData(Header + "\n\n\n", "import_empty")]
    public async Task Import_NoTickFile_IsRefused(string text, string code)
    {
        var end = await RunAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        (end.State, end.Problems[0].Code).ShouldBe((TickImportState.Refused, code));
    }

    [Fact]
    public async Task Import_EndlessLine_IsRefusedWithoutReadingItAll()
    {
        var end = await RunAsync(new MemoryStream(Encoding.UTF8.GetBytes(Header + "\n" + new string('1', 5_000_000))));
        (end.State, end.Problems[0].Code).ShouldBe((TickImportState.Refused, "csv_line_too_long"));
    }

    [Fact]
    public async Task Import_DamagedCompression_IsRefused()
    {
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) await Csv("TA505,2025-03-03T02:00:01Z,5000,10,,").CopyToAsync(gzip);
        var bytes = packed.ToArray();
        bytes[20] ^= 0xFF;

        (await RunAsync(new MemoryStream(bytes))).State.ShouldBe(TickImportState.Refused);
        _archive.Days().ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_Cancelled_StoresNothing()
    {
        var rows = Enumerable.Range(0, 10_000).Select(i => $"TA505,{new DateTimeOffset(2025, 3, 3, 1, 0, 1, TimeSpan.Zero).AddMilliseconds(i * 500).ToUnixTimeMilliseconds()},5000,{i},,");
        using var stop = new CancellationTokenSource();

        await Should.ThrowAsync<OperationCanceledException>(() => RunAsync(Csv([.. rows]), report: _ => stop.Cancel(), stop: stop.Token));

        _archive.Days().ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_FileWithoutSymbols_TakesTheGivenOne()
    {
        var text = new MemoryStream(Encoding.UTF8.GetBytes("timestamp,last_price\n2025-03-03T02:00:01Z,5000\n"));

        (await RunAsync(text)).Broken.ShouldHaveSingleItem().Problems[0].ShouldBeEquivalentTo(new Problem("symbol", "required"));
        text.Position = 0;
        (await RunAsync(text, symbol: "ta2505")).Symbols.ShouldBe(["CZCE.TA2505"]);
    }

    private static MemoryStream Broken() => Csv(
        "CZCE.TA2505,2025-03-03T02:00:01Z,5000,10,,",
        "CZCE.TA2505,2025-03-03T02:00:02Z,5000,10,",
        "CZCE.TA2505,2025-03-03T02:00:02Z,5OOO,x,,",
        "CZCE.TA2505,2025-03-03T02:00:02Z,NaN,10,,",
        "CZCE.TA2505,2025-03-03T02:00:02Z,-5000,10,,",
        "CZCE.TA2505,2025-03-03T02:00:02Z,5000,10,4999,",
        "CZCE.TA2505,2025-03-03T02:00:02Z,5000,10,5004,5002",
        "CZCE.TA2505,2025-03-03T02:00:00Z,5000,10,,",
        "CZCE.TA2505,2025-03-03T02:00:02Z,50000,10,,",
        "CZCE.TA2505,2025-03-03T02:00:03Z,5002,10,,",
        "CZCE.XX2505,2025-03-03T02:00:03Z,5002,10,,",
        "CZCE.TA2505,2025-03-03T02:00:03Z,5002,-1,,",
        "CZCE.TA2505,2025-03-03T02:00:03Z,5002,10,,",
        "CZCE.TA2505,2025-03-03T02:00:04Z,5004,12,,");

    private static MemoryStream Csv(params string[] rows) => new(Encoding.UTF8.GetBytes(Header + "\r\n" + string.Join("\r\n", rows) + "\r\n"));

    private Task<TickImportProgress> RunAsync(
        Stream file, bool skipBroken = false, string? symbol = null, Action<TickImportProgress>? report = null, CancellationToken stop = default)
    {
        var start = new TickImportProgress
        {
            Id = Guid.Empty, Request = new("file.csv", Name, symbol, skipBroken), State = TickImportState.Running, StartedAt = default,
        };
        return _importer.RunAsync(start, new Source { Name = Name, Clock = SourceClock.Ticks, CreatedAt = default }, file, report ?? (_ => { }), stop);
    }
}
