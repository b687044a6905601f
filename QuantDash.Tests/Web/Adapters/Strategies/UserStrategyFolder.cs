using QuantDash.Core.Strategies;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Strategies;
using QuantDash.Web.Configuration;

namespace QuantDash.Tests.Web.Adapters.Strategies;

/// <summary>A data directory with strategies of its own, and whoever looks into it.</summary>
internal sealed class UserStrategyFolder : IDisposable
{
    private readonly TempFolder _data = new();

    public UserStrategyFolder(int heapMegabytes = 64, int deadlineSeconds = 2)
    {
        Options = new() { HeapMegabytes = heapMegabytes, BacktestDeadlineSeconds = deadlineSeconds, DeadlineMilliseconds = 3000 };
        Strategies = new(Microsoft.Extensions.Options.Options.Create(new QuantDashOptions { DataDirectory = _data.Path, Strategies = Options }), TimeProvider.System);
        Directory.CreateDirectory(Strategies.Folder);
    }

    public StrategyOptions Options { get; }

    public UserStrategies Strategies { get; }

    public string Path => Strategies.Folder;

    public Task<string> AddAsync(string name, string source, string? core = null) => UserAssembly.CompileAsync(Path, name, source, core);

    public Task<IReadOnlyList<UserStrategyFile>> LookAsync() => Strategies.LookAsync(CancellationToken.None);

    public async Task<StrategyDefinition> DefinitionAsync(string name)
    {
        var files = await LookAsync();
        return files.SelectMany(file => file.Definitions).FirstOrDefault(definition => definition.Name == name)
            ?? throw new InvalidOperationException($"There is no {name}: {string.Join("; ", files.Select(file => $"{file.File} {file.Problem?.Code} {string.Join(' ', file.Problem?.Values ?? [])}"))}");
    }

    public void Dispose()
    {
        Strategies.Dispose();
        _data.Dispose();
    }
}
