using Microsoft.Extensions.Options;
using QuantDash.Core.Strategies;
using QuantDash.Web.Configuration;

namespace QuantDash.Web.Adapters.Strategies;

/// <summary>The folder of the trader's own strategies.</summary>
internal sealed class UserStrategies : IUserStrategies, IDisposable
{
    private static readonly TimeSpan LookPace = TimeSpan.FromSeconds(5);

    private readonly StrategyFileReader _reader;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _one = new(1);
    private volatile IReadOnlyList<StrategyDefinition> _found = [];
    private long _lookedAt;

    public UserStrategies(IOptions<QuantDashOptions> options, TimeProvider clock)
    {
        var own = options.Value.Strategies;
        (_reader, _clock) = (new(own, clock), clock);
        Folder = Path.GetFullPath(own.Folder, options.Value.DataDirectory);
    }

    public string Folder { get; }

    /// <summary>Looks again, in the background, when the last look is a while ago: what was put there since is known to the next caller.</summary>
    public IReadOnlyList<StrategyDefinition> Known
    {
        get
        {
            var before = Interlocked.Read(ref _lookedAt);
            if (before != 0 && _clock.GetElapsedTime(before) >= LookPace && Interlocked.CompareExchange(ref _lookedAt, _clock.GetTimestamp(), before) == before) _ = LookAsync(CancellationToken.None);
            return _found;
        }
    }

    public async Task<IReadOnlyList<UserStrategyFile>> LookAsync(CancellationToken stop)
    {
        await _one.WaitAsync(stop);
        try
        {
            var files = Directory.Exists(Folder) ? await Task.Run(() => Look(stop), stop) : [];
            _found = [.. files.SelectMany(file => file.Definitions)];
            Interlocked.Exchange(ref _lookedAt, _clock.GetTimestamp());
            return files;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    /// <summary>Several at a time: one that never answers holds up no other.</summary>
    private List<UserStrategyFile> Look(CancellationToken stop)
    {
        var files = new List<UserStrategyFile>();
        var looked = Directory.EnumerateFiles(Folder, "*.dll").Order(StringComparer.Ordinal)
            .AsParallel().AsOrdered().WithCancellation(stop).WithDegreeOfParallelism(Math.Max(2, Environment.ProcessorCount)).Select(_reader.Read);
        foreach (var file in looked) files.Add(Unambiguous(file, files));
        return files;
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
}
