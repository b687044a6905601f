using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Locks;

/// <summary>Executions from the database; read again when the tape tells of a lock that ended.</summary>
public sealed partial class ExecutionsTable
{
    private IReadOnlyList<LockExecution> _rows = [];
    private AccountId? _loaded;

    [Parameter, EditorRequired] public AccountId? AccountId { get; set; }
    [Inject] public required ILockHistory History { get; init; }
    [Inject] public required EventTape<TapeEvent> Tape { get; init; }
    [Inject] public required TimeProvider Time { get; init; }
    [Inject] public required ScreenFeed Feed { get; init; }

    protected override async Task OnParametersSetAsync()
    {
        if (_loaded == AccountId) return;
        _loaded = AccountId;
        await LoadAsync();
    }

    protected override async IAsyncEnumerable<TapeSlice<TapeEvent>> Source([EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var slice in Tape.WatchAsync(Tape.LastNumber, Paces.Tape, Time, stop))
        {
            if (slice.Items.Any(e => e.Key is "lock.executed" or "lock.partial" or "release.executed" or "release.partial")) await LoadAsync();
            yield return slice;
        }
    }

    private async Task LoadAsync() =>
        _rows = AccountId is { } id ? (await History.ExecutionsAsync(new() { AccountId = id }, new(null, 50))).Items : [];

    private int PlacesOf(LockExecution row) => Feed.Current.ContractOf(row.Symbol)?.Places() ?? 2;
}
