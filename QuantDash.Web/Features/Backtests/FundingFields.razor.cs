using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using QuantDash.Core.Primitives;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Features.Backtests;

/// <summary>What a perpetual pays: a rate at every settlement, or a file of payments.</summary>
public sealed partial class FundingFields
{
    private string? _problem;
    private int _chosen;

    [Parameter, EditorRequired] public required BacktestDraft Draft { get; set; }
    [Parameter, EditorRequired] public required Func<string, string?> ErrorOf { get; set; }

    private async Task ReadAsync(InputFileChangeEventArgs chosen)
    {
        (Draft.Funding, _problem) = (null, null);
        if (chosen.File.Size > FundingFile.LargestBytes)
        {
            _problem = Sentence(new("funding", "file_too_large", FundingFile.LargestBytes));
            return;
        }

        using var memory = new MemoryStream();
        await using (var stream = chosen.File.OpenReadStream(FundingFile.LargestBytes)) await stream.CopyToAsync(memory);
        memory.Position = 0;
        using var reader = new StreamReader(memory);
        var read = FundingFile.Read(reader);
        if (!read.Succeeded) _problem = string.Join(' ', read.Problems.Select(Sentence));
        else if (read.Value.Count == 0) _problem = Sentence(new("funding", "file_empty"));
        else Draft.Funding = read.Value;
    }

    /// <summary>The browser's own field begins anew: it would go on naming the file.</summary>
    private void Forget()
    {
        Draft.Funding = null;
        _chosen++;
    }

    private static string Sentence(Problem problem) => ProblemSentences.Write(problem, CultureInfo.CurrentUICulture);
}
