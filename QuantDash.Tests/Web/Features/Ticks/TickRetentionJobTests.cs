using Microsoft.Extensions.Options;
using QuantDash.Core.Audit;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Core.Markets;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage.Ticks;
using QuantDash.Web.Configuration;
using QuantDash.Web.Features.Ticks;

namespace QuantDash.Tests.Web.Features.Ticks;

public sealed class TickRetentionJobTests : IDisposable
{
    private static readonly SourceName Source = new("test");
    private static readonly DateOnly Monday = new(2025, 3, 3);
    private readonly TempFolder _folder = new();
    private readonly Notes _audit = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task OldDays_AreRemovedAndNoted()
    {
        using var archive = Filled();
        var told = new List<string>();

        var report = await JobOf(archive, 30).RunAsync(new(new("tick-retention"), 0, false, (_, word) => told.Add(word)), default);

        report.ToString().ShouldStartWith("removed_ticks|2|");
        archive.Days(Source).Select(day => day.TradingDay).ShouldBe([Monday.AddDays(2)]);
        _audit.Written.ShouldHaveSingleItem().Action.ShouldBe("ticks.removed");
        told.ShouldContain("removing");
    }

    [Fact]
    public async Task YoungDays_Stay()
    {
        using var archive = Filled();
        (await JobOf(archive, 50).RunAsync(new(new("tick-retention"), 0, false, (_, _) => { }), default)).Idle.ShouldBeTrue();
        archive.Days(Source).Count.ShouldBe(3);
    }

    [Fact]
    public async Task NoDaysSet_KeepsEverything_AndIsNotPlanned()
    {
        using var archive = Filled();
        var job = JobOf(archive, 0);
        job.Plan.Schedule.ShouldBeNull();
        (await job.RunAsync(new(new("tick-retention"), 0, false, (_, _) => { }), default)).Idle.ShouldBeTrue();
        archive.Days(Source).Count.ShouldBe(3);
        _audit.Written.ShouldBeEmpty();
    }

    private TickArchive Filled()
    {
        using (var closed = new TickArchive(_folder.Path))
            for (var day = 0; day < 3; day++) closed.Append(Source, MarketSamples.Contract(), Monday.AddDays(day), [new() { LastTicks = 2700, OccurredAt = SampleSnapshot.Now, ReceivedAt = SampleSnapshot.Now }]);
        foreach (var path in Directory.GetFiles(_folder.Path, "*.qdt", SearchOption.AllDirectories)) File.SetLastWriteTimeUtc(path, SampleSnapshot.Now.UtcDateTime.AddDays(-40));
        return new(_folder.Path);
    }

    private TickRetentionJob JobOf(ITickArchive archive, int days) =>
        new(archive, _audit, Options.Create(new QuantDashOptions { Ticks = new() { KeepDays = days } }), new FakeTimeProvider(SampleSnapshot.Now));

    private sealed class Notes : IAuditLog
    {
        public List<AuditNote> Written { get; } = [];

        public Task RecordAsync(AuditNote note, CancellationToken stop = default)
        {
            Written.Add(note);
            return Task.CompletedTask;
        }
    }
}
