using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Primitives;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Features.Market;

/// <summary>A person makes a contract the main one of its product.</summary>
public sealed partial class SwitchDialog
{
    private string _symbol = "";
    private string _product = "";
    private DateOnly _from;
    private bool _follows;
    private bool _saving;
    private IReadOnlyList<Problem> _problems = [];

    /// <summary>The contract that is offered first.</summary>
    [Parameter, EditorRequired] public required string Symbol { get; set; }
    [Parameter, EditorRequired] public required IMarketDesk Desk { get; set; }
    [Parameter, EditorRequired] public EventCallback OnClose { get; set; }

    protected override void OnInitialized()
    {
        _symbol = Symbol;
        if (!Core.Primitives.Symbol.TryParseCanonical(Symbol, out var symbol) || Desk.Find(symbol) is not { } contract) return;
        var (exchange, code) = (contract.Product.Exchange, contract.Product.Code);
        (_product, _from) = (code, Desk.TradingDayOf(exchange, code));
        _follows = Desk.Mains.Latest(exchange, code)?.Follows ?? false;
    }

    private string? SentenceFor(string field) =>
        _problems.FirstOrDefault(problem => problem.Field == field) is { } found ? ProblemSentences.Write(found, CultureInfo.CurrentUICulture) : null;

    private async Task SwitchAsync()
    {
        if (_saving) return;
        _saving = true;
        try
        {
            var switched = await Desk.SwitchAsync(_symbol, _from, _follows);
            _problems = switched.Problems;
            if (switched.Succeeded) await OnClose.InvokeAsync();
        }
        finally
        {
            _saving = false;
        }
    }
}
