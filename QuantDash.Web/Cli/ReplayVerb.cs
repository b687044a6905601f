using System.Globalization;
using QuantDash.Core.Primitives;
using QuantDash.Web.Adapters.Storage;
using QuantDash.Web.Features.Replay;

namespace QuantDash.Web.Cli;

/// <summary><c>replay</c>: a stored day through the rules. Replaying is trading with another day's feed: it takes the whole engine, so this process serves
/// meanwhile and can be watched in the browser.</summary>
internal static class ReplayVerb
{
    private const string Usage = "replay --from <stored source> --to <source with clock: ticks> --day <yyyy-MM-dd> [--symbols <a,b>] [--speed <factor>]";

    public static async Task<int> RunAsync(WebApplication app, VerbArguments arguments)
    {
        if (RequestOf(arguments) is not { } request)
        {
            await Console.Error.WriteLineAsync(Usage);
            return CommandLine.WrongUsage;
        }

        using var stop = VerbArguments.StopOnControlC();
        try
        {
            await app.StartAsync(stop.Token);
        }
        catch (Exception e) when (e is TraderRunsAlreadyException or IOException)
        {
            await Console.Error.WriteLineAsync($"{e.Message} A running QuantDash replays over HTTP: POST /api/replays.");
            return 1;
        }

        var exitCode = await app.Services.GetRequiredService<ReplayCommand>().RunAsync(request, Console.Out, stop.Token);
        await app.StopAsync(CancellationToken.None);
        return exitCode;
    }

    private static ReplayRequest? RequestOf(VerbArguments arguments)
    {
        if (NameOf(arguments, "--from") is not { } from || NameOf(arguments, "--to") is not { } to) return null;
        if (!DateOnly.TryParseExact(arguments.Value("--day"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return null;
        if (!TryReadSpeed(arguments.Value("--speed"), out var speed)) return null;
        return SymbolsOf(arguments.Value("--symbols") ?? "") is { } symbols ? new(from, to, symbols, day, speed) : null;
    }

    private static SourceName? NameOf(VerbArguments arguments, string option) =>
        arguments.Value(option) is { } text && SourceName.IsValid(text) ? new(text) : null;

    /// <summary>Not given: as fast as it goes.</summary>
    private static bool TryReadSpeed(string? text, out double? speed)
    {
        speed = null;
        if (text is null) return true;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var factor)) return false;
        speed = factor;
        return ReplayRequest.IsSpeed(factor);
    }

    private static List<Symbol>? SymbolsOf(string text)
    {
        try
        {
            return [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Symbol.ParseCanonical)];
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return null;
        }
    }
}
