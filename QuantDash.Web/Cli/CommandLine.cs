using QuantDash.Core.Strategies;
using QuantDash.Web.Adapters.Storage;
using QuantDash.Web.Shell;

namespace QuantDash.Web.Cli;

/// <summary>Verbs: what <c>dotnet QuantDash.Web.dll</c> does instead of serving when its first argument names one.</summary>
public static class CommandLine
{
    internal const int WrongUsage = 2;

    /// <summary>The exit code: of the verb, or of serving until stopped.</summary>
    public static async Task<int> RunAsync(WebApplication app, string[] args)
    {
        switch (args)
        {
            case ["import", .. var rest]:
                return await ImportVerb.RunAsync(app, new(rest));
            case ["backtest", .. var rest]:
                return await BacktestVerb.RunAsync(app, new(rest));
            case ["backtest-ticks", .. var rest]:
                return await TickBacktestVerb.RunAsync(app, new(rest));
            case ["replay", .. var rest]:
                return await ReplayVerb.RunAsync(app, new(rest));
            case ["backup", .. var rest]:
                return await BackupVerbs.BackupAsync(app, new(rest));
            case ["restore", .. var rest]:
                return await BackupVerbs.RestoreAsync(app, new(rest));
            case ["audit", .. var rest]:
                return await AuditVerb.RunAsync(app, new(rest));
            case ["history", .. var rest]:
                return await HistoryVerb.RunAsync(app, new(rest));
            case ["instruments", .. var rest]:
                return await InstrumentVerb.RunAsync(app, new(rest));
            case ["emergency", .. var rest]:
                return await EmergencyVerb.RunAsync(app, new(rest));
            case ["indicators", .. var rest]:
            {
                using var stop = VerbArguments.StopOnControlC();
                return await IndicatorVerb.RunAsync(rest, Console.Out, Console.Error, stop.Token);
            }

            case ["strategy", .. var rest]:
            {
                using var stop = VerbArguments.StopOnControlC();
                return await StrategyVerb.RunAsync(app.Services.GetRequiredService<IUserStrategies>(), rest, Console.Out, Console.Error, stop.Token);
            }

            default:
                return await ServeAsync(app);
        }
    }

    /// <summary>Whether these arguments name none of the verbs.</summary>
    public static bool Serves(string[] args) => args is not ["import" or "history" or "instruments" or "indicators" or "backtest" or "backtest-ticks" or "replay" or "backup" or "restore" or "audit" or "emergency" or "strategy", ..];

    private static async Task<int> ServeAsync(WebApplication app)
    {
        var (serving, target, stopping) = (app.Services.GetRequiredService<Serving>(), app.Services.GetRequiredService<StorageTarget>(), app.Lifetime.ApplicationStopping);
        serving.StandsBy = true;
        try
        {
            await app.RunAsync();
        }
        catch (Exception error) when ((error as UnusableStorageException ?? StorageTrouble.Of(error, target)) is { } unusable)
        {
            await Console.Error.WriteLineAsync($"QuantDash does not trade. {unusable.Message}");
            return Serving.UnusableStorage;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopped while it stood by: it never began.
        }

        return serving.ExitCode;
    }
}
