using QuantDash.Web.Features.Ticks;

namespace QuantDash.Web.Cli;

/// <summary><c>import</c>: a tick file into the store, with or without a QuantDash running beside it.</summary>
internal static class ImportVerb
{
    private const string Usage = "import <file.csv|file.csv.gz> --source <name> [--symbol <symbol>] [--skip-broken]";

    public static async Task<int> RunAsync(WebApplication app, VerbArguments arguments)
    {
        if (arguments.First is not { } file || arguments.Value("--source") is not { } source)
        {
            await Console.Error.WriteLineAsync(Usage);
            return CommandLine.WrongUsage;
        }

        using var stop = VerbArguments.StopOnControlC();
        var import = app.Services.GetRequiredService<ImportCommand>();
        return await import.RunAsync(file, source, arguments.Value("--symbol"), arguments.Has("--skip-broken"), Console.Out, stop.Token);
    }
}
