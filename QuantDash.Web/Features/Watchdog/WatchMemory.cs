using System.Text.Json;
using Microsoft.Extensions.Options;
using QuantDash.Web.Configuration;

namespace QuantDash.Web.Features.Watchdog;

/// <summary>Keeps the state in <c>watchdog.json</c> of the watchdog's data directory. Without it a restart only means that somebody is told once more.</summary>
public sealed class WatchMemory(IOptions<QuantDashOptions> options, ILogger<WatchMemory> log)
{
    private const string FileName = "watchdog.json";
    private readonly string _path = Path.Combine(options.Value.DataDirectory, FileName);

    public WatchState Load()
    {
        try
        {
            return File.Exists(_path) ? JsonSerializer.Deserialize<WatchState>(File.ReadAllText(_path)) ?? WatchState.Calm : WatchState.Calm;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            log.LogWarning(error, "{File} cannot be read: whoever was told of an outage is told again", _path);
            return WatchState.Calm;
        }
    }

    public void Save(WatchState state)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            File.WriteAllText(_path + ".new", JsonSerializer.Serialize(state));
            File.Move(_path + ".new", _path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            log.LogWarning(error, "{File} cannot be written: after a restart of the watchdog somebody may be told twice", _path);
        }
    }
}
