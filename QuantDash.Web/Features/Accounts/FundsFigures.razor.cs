using QuantDash.Core.Engine;
using QuantDash.Web.Live;

namespace QuantDash.Web.Features.Accounts;

public sealed partial class FundsFigures
{
    private FundsView? _view;

    protected override TimeSpan Pace => Paces.Funds;

    protected override void Build(EngineSnapshot snapshot, AccountView? account) => _view = account is null ? null : FundsView.Of(account.Funds);
}
