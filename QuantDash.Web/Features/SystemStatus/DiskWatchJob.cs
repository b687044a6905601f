using System.Globalization;
using Microsoft.Extensions.Options;
using QuantDash.Core.Engine;
using QuantDash.Web.Configuration;
using QuantDash.Web.Jobs;

namespace QuantDash.Web.Features.SystemStatus;

/// <summary>How much room a folder's disk has.</summary>
internal interface IDiskSpace
{
    long FreeBytes(string folder);
}

internal sealed class DiskSpace : IDiskSpace
{
    public long FreeBytes(string folder) => new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
}

/// <summary>Looks whether the disks of the data directory and of the database's file have room left, and fails, loudly, before it is full: what is decided on a full disk waits until it can be written.</summary>
internal sealed class DiskWatchJob(IDiskSpace disk, IDatabasePlace database, IOptions<QuantDashOptions> options) : IBackgroundJob
{
    private const long Megabyte = 1024 * 1024;

    public JobPlan Plan { get; } = new()
    {
        Name = "disk-watch",
        Place = JobPlace.Trader,
        Schedule = options.Value.LeastFreeMegabytes > 0 ? JobSchedule.Every(TimeSpan.FromMinutes(15)) : null,
        ResumeAfterKill = false, // The next quarter of an hour is soon enough.
    };

    public Task<JobReport> RunAsync(JobRun run, CancellationToken stop)
    {
        var (free, what) = Folders().Select(folder => (Free: disk.FreeBytes(folder.Path) / Megabyte, folder.Name)).MinBy(folder => folder.Free);
        if (free < options.Value.LeastFreeMegabytes)
            throw new IOException(string.Create(CultureInfo.InvariantCulture, $"{free} MB are free on the disk of the {what}, fewer than the {options.Value.LeastFreeMegabytes} that it should have."));
        return Task.FromResult(new JobReport("disk_has_room", free.ToString(CultureInfo.InvariantCulture)) { Idle = true });
    }

    private IEnumerable<(string Path, string Name)> Folders()
    {
        yield return (options.Value.DataDirectory, "data directory");
        if (database.Folder is { } folder) yield return (folder, "database");
    }
}
