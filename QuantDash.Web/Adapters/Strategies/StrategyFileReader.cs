using System.Collections.Concurrent;
using System.Security.Cryptography;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;
using QuantDash.Core.Strategies.Sandbox;
using QuantDash.Web.Configuration;

namespace QuantDash.Web.Adapters.Strategies;

/// <summary>Says what is in a file with strategies. It is looked into by a process of its own, once for each content it has.</summary>
internal sealed class StrategyFileReader(StrategyOptions options, TimeProvider clock)
{
    /// <summary>A process that gave no answer may give one later, when the machine is less busy.</summary>
    private static readonly TimeSpan AskedAgain = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, LookedInto> _known = new(StringComparer.Ordinal);

    /// <param name="path">Absolute.</param>
    public UserStrategyFile Read(string path)
    {
        var name = Path.GetFileName(path);
        try
        {
            var facts = new FileInfo(path);
            if (_known.TryGetValue(path, out var known) && known.IsOf(facts) && (known.IsFinal || clock.GetElapsedTime(known.At) < AskedAgain)) return known.File;
            var version = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
            var (file, isFinal) = Read(name, new StrategyProgram(path, version, options, clock));
            _known[path] = new(facts.Length, facts.LastWriteTimeUtc, file, isFinal, clock.GetTimestamp());
            return file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new(name, "", [], new Problem("file", "strategy_unreadable", error.Message));
        }
    }

    private static (UserStrategyFile File, bool IsFinal) Read(string name, StrategyProgram program)
    {
        try
        {
            using var process = program.StartLook();
            var found = StrategyQuestions.ReadDescriptions(process.Ask(StrategyQuestions.Describe()));
            return found.Succeeded
                ? (new(name, program.Version, [.. found.Value.Select(one => UserDefinition.Of(one, program))], null), true)
                : (new(name, program.Version, [], found.Problems[0]), found.Problems[0].Code != "strategy_changed");
        }
        catch (StrategyProcessException gone)
        {
            return (new(name, program.Version, [], new Problem("file", gone.End == ProcessEnd.TooSlow ? "strategy_look_too_slow" : "strategy_look_ended", gone.Message, gone.LogTail)), false);
        }
        catch (Exception error) when (error is FormatException or StrategyGuestException or ArgumentException)
        {
            return (new(name, program.Version, [], new Problem("file", "strategy_look_ended", error.Message)), false);
        }
    }

    private sealed record LookedInto(long Length, DateTime Written, UserStrategyFile File, bool IsFinal, long At)
    {
        public bool IsOf(FileInfo facts) => facts.Length == Length && facts.LastWriteTimeUtc == Written;
    }
}
