using QuantDash.Web.Security;

namespace QuantDash.Web.Features.People;

/// <summary>A session, ready to draw.</summary>
/// <param name="IsThis">The one that reads this.</param>
public sealed record SessionRow(Guid Id, string Name, string Device, string Address, DateTimeOffset Since, DateTimeOffset LastSeen, bool IsThis)
{
    public static SessionRow Of(UserSession session, string name, Guid? here) =>
        new(session.Id, name, session.Device, session.Address, session.CreatedAt, session.LastSeenAt, session.Id == here);
}
