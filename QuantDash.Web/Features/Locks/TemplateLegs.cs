using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Locks;

/// <summary>The legs of an account that a template can be applied to.</summary>
internal static class TemplateLegs
{
    public static IEnumerable<TemplateLeg> Of(AccountView account) =>
        from position in account.Positions
        from leg in (LegView[])[position.Long, position.Short]
        where !leg.Volume.IsZero
        select Of(account.Account.Id, position, leg);

    public static TemplateLeg? Find(AccountView account, Symbol symbol, Side side) =>
        account.Positions.FirstOrDefault(p => p.Contract.Symbol == symbol) is { } position ? Of(account.Account.Id, position, side == Side.Long ? position.Long : position.Short) : null;

    private static TemplateLeg Of(AccountId account, PositionView position, LegView leg) => new(account, position.Contract, leg.Side, leg.Volume, leg.AverageOpenPrice);
}
