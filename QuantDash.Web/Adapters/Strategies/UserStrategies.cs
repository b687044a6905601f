using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;
using QuantDash.Core.Strategies.Sandbox;
using QuantDash.Web.Configuration;

namespace QuantDash.Web.Adapters.Strategies;

/// <summary>The folder of the trader's own strategies. A file is looked into by a process of its own, once for each content it has.</summary>
internal sealed class UserStrategies : IUserStrategies, IDisposable
{
    private readonly StrategyOptions _options;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _one = new(1);
    private volatile IReadOnlyList<StrategyDefinition> _found = [];
    private readonly ConcurrentDictionary<string, LookedInto> _known = new(StringComparer.Ordinal);

    public UserStrategies(IOptions<QuantDashOptions> options, TimeProvider clock)
    {
        (_options, _clock) = (options.Value.Strategies, clock);
        Folder = Path.GetFullPath(_options.Folder, options.Value.DataDirectory);
    }

    public string Folder { get; }

    public IReadOnlyList<StrategyDefinition> Known => _found;

    public async Task<IReadOnlyList<UserStrategyFile>> LookAsync(CancellationToken stop)
    {
        if (!Directory.Exists(Folder)) return [];
        await _one.WaitAsync(stop);
        try
        {
            var files = await Task.Run(() => Look(stop), stop);
            _found = [.. files.SelectMany(file => file.Definitions)];
            return files;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private List<UserStrategyFile> Look(CancellationToken stop)
    {
        var files = new List<UserStrategyFile>();
        foreach (var path in Directory.EnumerateFiles(Folder, "*.dll").Order(StringComparer.Ordinal))
        {
            stop.ThrowIfCancellationRequested();
            files.Add(Unambiguous(Look(path), files));
        }

        return files;
    }

    private UserStrategyFile Look(string path)
    {
        var name = Path.GetFileName(path);
        try
        {
            var facts = new FileInfo(path);
            if (_known.TryGetValue(path, out var known) && known.Is(facts)) return known.File;
            var version = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
            var (file, isFinal) = Look(path, name, version);
            if (isFinal) _known[path] = new(facts.Length, facts.LastWriteTimeUtc, file);
            return file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new(name, "", [], new Problem("file", "strategy_unreadable", error.Message));
        }
    }

    /// <summary>A process that gave no answer may give one the next time, when the machine is less busy.</summary>
    private (UserStrategyFile File, bool IsFinal) Look(string path, string name, string version)
    {
        try
        {
            using var process = new StrategyProgram(path, version, _options, _clock).Start();
            var found = StrategyQuestions.ReadDescriptions(process.Ask(StrategyQuestions.Describe()));
            if (!found.Succeeded) return (new(name, version, [], found.Problems[0]), true);
            var program = new StrategyProgram(path, version, _options, _clock);
            return (new(name, version, [.. found.Value.Select(one => UserDefinition.Of(one, program))], null), true);
        }
        catch (StrategyProcessException gone)
        {
            return (new(name, version, [], new Problem("file", gone.End == ProcessEnd.TooSlow ? "strategy_look_too_slow" : "strategy_look_ended", gone.Message, gone.LogTail)), false);
        }
        catch (Exception error) when (error is FormatException or StrategyGuestException or ArgumentException)
        {
            return (new(name, version, [], new Problem("file", "strategy_look_ended", error.Message)), false);
        }
    }

    /// <summary>A name means one strategy: that of the program, or of the first file.</summary>
    private static UserStrategyFile Unambiguous(UserStrategyFile file, IReadOnlyList<UserStrategyFile> before)
    {
        foreach (var name in file.Definitions.Select(definition => definition.Name))
        {
            if (BuiltInStrategies.Find(name) is not null) return file with { Definitions = [], Problem = new("file", "strategy_name_built_in", name) };
            if (before.FirstOrDefault(other => other.Definitions.Any(definition => definition.Name == name)) is { } first) return file with { Definitions = [], Problem = new("file", "strategy_name_taken", name, first.File) };
        }

        return file;
    }

    private sealed record LookedInto(long Length, DateTime Written, UserStrategyFile File)
    {
        public bool Is(FileInfo facts) => facts.Length == Length && facts.LastWriteTimeUtc == Written;
    }
}
