using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Performance;
using QuantDash.Web.Live;

namespace QuantDash.Web.Features.Accounts;

public sealed partial class CurrenciesPanel
{
    private ExchangeRates? _rates;
    private CurrenciesView? _view;
    private DateTimeOffset _now;
    private bool _entering;

    [Inject] public required IExchangeRateBook Rates { get; init; }

    protected override TimeSpan Pace => Paces.Funds;

    protected override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        _now = snapshot.At;
        if (_rates is null)
        {
            _rates = ExchangeRates.None;
            Begin(ReadAsync);
        }

        _view = account is null ? null : CurrenciesView.Of(snapshot.Accounts, account.Account.Currency, _rates);
    }

    private async Task ReadAsync()
    {
        _rates = new(await Rates.ListAsync());
        Rebuild();
        StateHasChanged();
    }

    private Task EnteredAsync()
    {
        _entering = false;
        return ReadAsync();
    }
}
