using System.Globalization;
using QuantDash.Core.Audit;
using QuantDash.Web.Api;

namespace QuantDash.Web.Cli;

/// <summary><c>audit verify</c>: looks through the audit chain, with or without a QuantDash running beside it. Ends with 0 when it is whole, 1 when it is not.</summary>
internal static class AuditVerb
{
    private const int NotWhole = 1;

    public static async Task<int> RunAsync(WebApplication app, VerbArguments arguments)
    {
        if (arguments.First != "verify")
        {
            await Console.Error.WriteLineAsync("audit verify");
            return CommandLine.WrongUsage;
        }

        using var stop = VerbArguments.StopOnControlC();
        var verdict = await app.Services.GetRequiredService<IAuditHistory>().VerifyAsync(stop.Token);
        await Console.Out.WriteLineAsync(Sentence(verdict));
        return verdict.IsWhole ? 0 : NotWhole;
    }

    private static string Sentence(AuditVerdict verdict) => verdict switch
    {
        { Fault: null } => string.Create(CultureInfo.InvariantCulture, $"whole: {verdict.Entries} entries, head {verdict.Head.Number} {verdict.Head.Hash}"),
        { Fault: { } fault } => string.Create(CultureInfo.InvariantCulture, $"NOT WHOLE: {WireNames<AuditFault>.Of(fault)} at entry {verdict.At}; {verdict.Entries} entries, the first {verdict.Head.Number} hold"),
    };
}
