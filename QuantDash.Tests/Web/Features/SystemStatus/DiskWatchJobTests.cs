using Microsoft.Extensions.Options;
using QuantDash.Core.Engine;
using QuantDash.Web.Configuration;
using QuantDash.Web.Features.SystemStatus;
using QuantDash.Web.Jobs;

namespace QuantDash.Tests.Web.Features.SystemStatus;

public sealed class DiskWatchJobTests
{
    private const long Megabyte = 1024 * 1024;

    [Fact]
    public async Task EnoughRoom_IsNothingToTell()
    {
        var report = await RunAsync(1024 * Megabyte, least: 1024);
        (report.Idle, report.ToString()).ShouldBe((true, "disk_has_room|1024"));
    }

    [Fact]
    public async Task TooLittleRoom_Fails_NamingBothFigures() =>
        (await Should.ThrowAsync<IOException>(() => RunAsync((1024 * Megabyte) - 1, least: 1024))).Message.ShouldBe("1023 MB are free on the disk of the data directory, fewer than the 1024 that it should have.");

    /// <summary>The database may lie on a disk of its own.</summary>
    [Theory]
    [InlineData(1024, 1023, "1023 MB are free on the disk of the database, fewer")]
    [InlineData(1023, 1024, "1023 MB are free on the disk of the data directory, fewer")]
    public async Task TooLittleRoom_OnEitherDisk_Fails_AndNamesIt(long data, long database, string said)
    {
        var job = new DiskWatchJob(new Disk(data * Megabyte, database * Megabyte), new Place("/elsewhere"), Options.Create(new QuantDashOptions { LeastFreeMegabytes = 1024 }));
        (await Should.ThrowAsync<IOException>(() => RunAsync(job))).Message.ShouldStartWith(said);
    }

    [Fact]
    public void NoLimit_IsNotPlanned()
    {
        JobOf(0, least: 0).Plan.Schedule.ShouldBeNull();
        JobOf(0, least: 1).Plan.Schedule.ShouldBe(JobSchedule.Every(TimeSpan.FromMinutes(15)));
    }

    [Fact]
    public void RealDisk_HasSomeRoom() => new DiskSpace().FreeBytes(Path.GetTempPath()).ShouldBeGreaterThan(0);

    private static Task<JobReport> RunAsync(long free, int least) => RunAsync(JobOf(free, least));

    private static Task<JobReport> RunAsync(DiskWatchJob job) => job.RunAsync(new(new("disk-watch"), 0, false, (_, _) => { }), default);

    private static DiskWatchJob JobOf(long free, int least) => new(new Disk(free, free), new Place(null), Options.Create(new QuantDashOptions { LeastFreeMegabytes = least }));

    private sealed class Disk(long data, long database) : IDiskSpace
    {
        public long FreeBytes(string folder) => folder == "/elsewhere" ? database : data;
    }

    private sealed record Place(string? Folder) : IDatabasePlace;
}
