using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Features.Locks.Backtests;

/// <summary>In the form of a stored rule: what the edited values would have changed over the latest stored days, before they are saved.</summary>
public sealed partial class ChangePreview : IDisposable
{
    private const int MostDays = 60;

    private readonly CancellationTokenSource _leaving = new();
    private int? _days = LockBacktestAsk.UsualDays;
    private LockBacktestStatus? _status;
    private IReadOnlyList<string> _sentences = [];

    /// <summary>As it is stored.</summary>
    [Parameter, EditorRequired] public required LockRule Before { get; set; }

    /// <summary>As it would be saved, or what is wrong with it.</summary>
    [Parameter, EditorRequired] public required Func<Outcome<LockRule>> After { get; set; }
    [Inject] public required ILockBacktestDesk Desk { get; init; }
    [Inject] public required ScreenFeed Feed { get; init; }
    [Inject] public required TimeProvider Time { get; init; }

    private bool IsRunning => _status is { IsOver: false };

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
        if (_status is { IsOver: false } running) Desk.Cancel(running.Id);
    }

    private async Task RunAsync()
    {
        var begun = Begin();
        _sentences = [.. begun.Problems.Select(problem => ProblemSentences.Write(problem, CultureInfo.CurrentUICulture))];
        _status = null;
        if (!begun.Succeeded || Desk.Find(begun.Value.Id) is not { } run) return;
        try
        {
            await foreach (var status in run.WatchAsync(Paces.Locks, Time, _leaving.Token))
            {
                _status = status;
                if (status.State == LockBacktestState.Failed) _sentences = [.. status.Problems.Select(problem => ProblemSentences.Write(problem, CultureInfo.CurrentUICulture)), .. status.Error is { } error ? [error] : Array.Empty<string>()];
                StateHasChanged();
                if (status.IsOver) break;
            }
        }
        catch (OperationCanceledException)
        {
            // The form was closed.
        }
    }

    /// <summary>Ticks of the account's own source where they are stored, else what there is; the leg as it is held, else one lot.</summary>
    private Outcome<LockBacktestStatus> Begin()
    {
        if (_days is not (>= 1 and <= MostDays)) return Outcome<LockBacktestStatus>.Failure("days", "out_of_range", 1, MostDays, _days);
        var after = After();
        if (!after.Succeeded) return Outcome<LockBacktestStatus>.Failure(after.Problems);
        var stored = Desk.Stored(Before.Symbol);
        var source = Feed.Current.Accounts.FirstOrDefault(view => view.Account.Id == Before.AccountId)?.Account.Source;
        if ((stored.FirstOrDefault(one => one.Source == source) ?? (stored.Count > 0 ? stored[0] : null)) is not { } prices) return Outcome<LockBacktestStatus>.Failure("from", "lock_backtest_no_ticks", Before.Symbol);
        var ask = new LockBacktestAsk { Question = LockQuestion.Change, Rule = Before, Changed = after.Value, Source = prices.Source, Bars = prices.Bars, Days = _days.Value, ConfirmAfterSeconds = Before.AutoExecute ? null : 0 };
        var begun = Desk.Start(ask, Feed.Current);
        return begun.Problems.Any(problem => problem.Code == "lock_backtest_flat") ? Desk.Start(ask with { AtFirstTick = true, Volume = new(1m) }, Feed.Current) : begun;
    }
}
