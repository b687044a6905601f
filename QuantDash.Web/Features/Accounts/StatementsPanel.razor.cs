using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Core.Statements;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Features.Accounts;

/// <summary>Statements of the broker: a file is taken in whole or refused with every line that is wrong, and held against our books.</summary>
public sealed partial class StatementsPanel
{
    private bool _busy;
    private string? _refusedName;
    private IReadOnlyList<Problem> _problems = [];
    private (KeptStatement Statement, StatementReport Report)? _shown;

    [Inject] public required IBrokerStatements Statements { get; init; }
    [Inject] public required StatementDesk Desk { get; init; }
    [Inject] public required TimeProvider Time { get; init; }

    private IEnumerable<string> Sentences => _problems.Select(problem => ProblemSentences.Write(problem, CultureInfo.CurrentUICulture)).Distinct();

    protected override Task<Page<KeptStatement>> ReadAsync(FundsFilter filter, PageRequest page) => Statements.ListAsync(filter.AccountId, page);

    private async Task ImportAsync(InputFileChangeEventArgs chosen)
    {
        if (_busy || Account is not { } account) return;
        _busy = true;
        (_problems, _shown) = ([], null);
        try
        {
            _refusedName = Named(chosen.File.Name);
            if (chosen.File.Size > StatementFile.LargestBytes)
            {
                _problems = [new Problem("file", "file_too_large", StatementFile.LargestBytes)];
                return;
            }

            using var memory = new MemoryStream();
            await using (var stream = chosen.File.OpenReadStream(StatementFile.LargestBytes)) await stream.CopyToAsync(memory);
            var kept = await Desk.ImportAsync(account.Account, _refusedName, memory.ToArray(), Guid.CreateVersion7(Time.GetUtcNow()));
            _problems = kept.Problems;
            if (!kept.Succeeded) return;
            await ReloadAsync();
            await ShowAsync(kept.Value);
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task ShowAsync(KeptStatement kept)
    {
        var report = await Desk.CompareAsync(kept, Feed.Current.Accounts.FirstOrDefault(a => a.Account.Id == kept.AccountId));
        (_refusedName, _problems) = (kept.FileName, report.Problems);
        _shown = report.Succeeded ? (kept, report.Value) : null;
    }

    private static string Named(string file) => file.Length <= 200 ? file : file[..200];
}
