using QuantDash.Web.Features.Data;

namespace QuantDash.Web.Cli;

/// <summary><c>instruments</c>: what can be traded, and stocks added to it.</summary>
internal static class InstrumentVerb
{
    private const string Usage = """
        instruments list [--exchange HK]
        instruments import --in FILE   (a header and lines: exchange,code,name_zh,name_en,lot,price_tick; exchange HK or US)
        """;

    private static readonly string[] ListOptions = ["--exchange"];
    private static readonly string[] ImportOptions = ["--in"];

    public static async Task<int> RunAsync(WebApplication app, VerbArguments arguments)
    {
        var wrong = new List<string>();
        switch (arguments.First)
        {
            case "list":
                wrong.AddRange(arguments.Mistakes(ListOptions, []));
                if (wrong.Count == 0) return app.Services.GetRequiredService<InstrumentCommand>().List(arguments.Value("--exchange"), Console.Out);
                break;
            case "import":
                wrong.AddRange(arguments.Mistakes(ImportOptions, []));
                var path = HistoryVerb.Required(arguments, "--in", wrong);
                if (wrong.Count == 0) return app.Services.GetRequiredService<InstrumentCommand>().Import(path, Console.Out);
                break;
            default:
                break;
        }

        foreach (var sentence in wrong) await Console.Error.WriteLineAsync(sentence);
        await Console.Error.WriteLineAsync(Usage);
        return CommandLine.WrongUsage;
    }
}
