using QuantDash.Tests.Benchmarks;
using QuantDash.Tests.Core.Indicators.Reference;
using QuantDash.Tests.Mutations;
using QuantDash.Tests.Recovery;
using QuantDash.Tests.Soak;
using QuantDash.Tests.Support;
using QuantDash.Tests.Web.Jobs;

namespace QuantDash.Tests;

/// <summary>`dotnet test` does not come through here; `dotnet run -c Release --project QuantDash.Tests -- bench …` does.</summary>
internal static class EntryPoint
{
    public static async Task<int> Main(string[] args) => args switch
    {
        ["bench", .. var rest] => BenchmarkCommand.Run(rest, Console.Out),
        ["indicators"] => ReferenceNote.Write(),
        ["mutations", .. var rest] => await MutationCommand.RunAsync(rest, Console.Out),
        ["recovery", .. var rest] => await RecoveryCommand.RunAsync(rest, Console.Out),
        ["sbom"] => PartsList.Write(),
        ["soak", .. var rest] => await SoakCommand.RunAsync(rest, Console.Out),
        [JobsWorker.Verb, var connectionString, var begun] => JobsWorker.Run(connectionString, begun), // Started by a test that kills it.
        _ => Usage(),
    };

    private static int Usage()
    {
        Console.Error.WriteLine("Tests run with ./test.sh or `dotnet test`. Benchmarks: bench <name>|all|list [--check]. Kills: recovery [--kills 300] [--database sqlite|postgres|both] [--seed n]. Soak: soak [--minutes 12] [--ticks 20000000] [--rules 3000]. The list of parts: sbom. The note on indicators: indicators. Mistakes: mutations [name…] [--from n] [--to m]");
        return 2;
    }
}
