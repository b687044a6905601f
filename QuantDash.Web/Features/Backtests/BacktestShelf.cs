using System.IO.Compression;
using System.Text.Json;
using Microsoft.Extensions.Options;
using QuantDash.Core.Backtesting.Reports;
using QuantDash.Web.Api;
using QuantDash.Web.Configuration;

namespace QuantDash.Web.Features.Backtests;

/// <summary>Every backtest that was asked for, in files: <c>backtests/&lt;id&gt;/run.json</c>, and beside it what it came to (docs/adr/0030). What was running when the program ended says so at the next start.</summary>
public sealed class BacktestShelf
{
    private const string RunFile = "run.json";
    private const string ReportFile = "report.json.gz";
    private const string SweepFile = "sweep.json.gz";

    private readonly Lock _gate = new();
    private readonly string _folder;
    private readonly ILogger<BacktestShelf> _log;
    private readonly Dictionary<Guid, BacktestRecord> _records = [];

    public BacktestShelf(IOptions<QuantDashOptions> options, TimeProvider clock, ILogger<BacktestShelf> log)
    {
        (_folder, _log) = (Path.Combine(options.Value.DataDirectory, "backtests"), log);
        if (!Directory.Exists(_folder)) return;
        foreach (var folder in Directory.EnumerateDirectories(_folder)) Take(folder, clock.GetUtcNow());
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<BacktestRecord> Records
    {
        get { lock (_gate) return [.. _records.Values.OrderByDescending(record => record.CreatedAt).ThenByDescending(record => record.Id)]; }
    }

    /// <summary>Null: there is none.</summary>
    public BacktestRecord? Find(Guid id)
    {
        lock (_gate) return _records.GetValueOrDefault(id);
    }

    public void Save(BacktestRecord record)
    {
        lock (_gate)
        {
            // What is shown is what is, also where the disk refuses.
            _records[record.Id] = record;
            Directory.CreateDirectory(FolderOf(record.Id));
            Write(Path.Combine(FolderOf(record.Id), RunFile), file => JsonSerializer.Serialize(file, record, ApiJson.Options));
        }
    }

    public void SaveReport(Guid id, BacktestReport report) => WritePacked(id, ReportFile, report);

    public void SaveSweep(Guid id, SweepReport sweep) => WritePacked(id, SweepFile, sweep);

    /// <summary>Null: it has none, or none yet. Blocks while it reads the file.</summary>
    public BacktestReport? Report(Guid id) => ReadPacked<BacktestReport>(id, ReportFile);

    /// <inheritdoc cref="Report"/>
    public SweepReport? Sweep(Guid id) => ReadPacked<SweepReport>(id, SweepFile);

    public void Remove(Guid id)
    {
        lock (_gate)
        {
            if (_records.Remove(id)) Directory.Delete(FolderOf(id), recursive: true);
        }
    }

    private void Take(string folder, DateTimeOffset now)
    {
        var path = Path.Combine(folder, RunFile);
        try
        {
            if (!File.Exists(path) || JsonSerializer.Deserialize<BacktestRecord>(File.ReadAllBytes(path), ApiJson.Options) is not { } record) return;
            if (record.IsOver) _records[record.Id] = record;
            else Save(record with { State = BacktestState.Interrupted, EndedAt = now });
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            _log.LogWarning(error, "The backtest in {Folder} cannot be read and is not shown", folder);
        }
    }

    private void WritePacked<T>(Guid id, string name, T value) => Write(Path.Combine(FolderOf(id), name), file =>
    {
        using var packed = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true);
        JsonSerializer.Serialize(packed, value, ApiJson.Options);
    });

    private T? ReadPacked<T>(Guid id, string name)
        where T : class
    {
        var path = Path.Combine(FolderOf(id), name);
        if (!File.Exists(path)) return null;
        using var packed = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<T>(packed, ApiJson.Options);
    }

    /// <summary>Whole or not at all, also when the machine loses its power.</summary>
    private static void Write(string path, Action<Stream> write)
    {
        var unfinished = path + ".unfinished";
        using (var file = File.Create(unfinished))
        {
            write(file);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
    }

    private string FolderOf(Guid id) => Path.Combine(_folder, id.ToString("D"));
}
