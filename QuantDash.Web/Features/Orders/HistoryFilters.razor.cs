using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Orders;

namespace QuantDash.Web.Features.Orders;

/// <summary>What orders and trades are looked for by.</summary>
public sealed partial class HistoryFilters
{
    [Parameter, EditorRequired] public required OrderSearch Search { get; set; }
    [Parameter, EditorRequired] public required EngineSnapshot Snapshot { get; set; }
    [Parameter] public bool ForTrades { get; set; }
    [Parameter] public bool WrongSymbol { get; set; }
    [Parameter] public EventCallback<OrderSearch> OnLook { get; set; }

    private IEnumerable<OrderOwner> Owners => Enum.GetValues<OrderOwner>().Where(owner => ForTrades || owner != OrderOwner.Elsewhere);

    private IReadOnlyList<(Guid Id, string Name)> Rules =>
        [.. Snapshot.Rules.Select(view => (view.Rule.Id, $"{view.Rule.Symbol} {Words["Leg" + view.Rule.Direction]} · {view.Rule.Id.ToString("D")[..8]}")).OrderBy(rule => rule.Item2, StringComparer.Ordinal)];

    private string From => Search.RuleId?.ToString("D") ?? Search.Owner?.ToString() ?? "";

    private Task Look(Func<OrderSearch, OrderSearch> change) => OnLook.InvokeAsync(change(Search));

    private Task Choose(ChangeEventArgs change) => Look(search => search with
    {
        Owner = Choice<OrderOwner>(change), RuleId = Guid.TryParseExact(Said(change), "D", out var rule) ? rule : null, TriggerId = null, OrderId = null,
    });

    private static string? Said(ChangeEventArgs change) => change.Value as string is { Length: > 0 } text ? text : null;

    private static T? Choice<T>(ChangeEventArgs change) where T : struct, Enum => Enum.TryParse<T>(Said(change), out var choice) && Enum.IsDefined(choice) ? choice : null;
}
