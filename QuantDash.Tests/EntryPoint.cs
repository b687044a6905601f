using QuantDash.Tests.Benchmarks;

namespace QuantDash.Tests;

/// <summary>`dotnet test` does not come through here; `dotnet run -c Release --project QuantDash.Tests -- bench …` does.</summary>
internal static class EntryPoint
{
    public static int Main(string[] args)
        => args is ["bench", .. var rest] ? BenchmarkCommand.Run(rest, Console.Out) : Usage();

    private static int Usage()
    {
        Console.Error.WriteLine("Tests run with ./test.sh or `dotnet test`. Benchmarks: bench <name>|all|list [--check]");
        return 2;
    }
}
