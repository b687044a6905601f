namespace QuantDash.Web.Security;

/// <summary>One sign-in of one browser (table <c>user_sessions</c>): its cookie names it, and is worth nothing once this has ended.</summary>
public sealed class UserSession
{
    public Guid Id { get; set; }
    public required Guid UserId { get; set; }
    public required DateTimeOffset CreatedAt { get; set; }
    public required DateTimeOffset LastSeenAt { get; set; }

    /// <summary>When its holder last showed a password or a code.</summary>
    public required DateTimeOffset ConfirmedAt { get; set; }

    /// <summary>Null: it goes on.</summary>
    public DateTimeOffset? EndedAt { get; set; }
    public required string Address { get; set; }

    /// <summary>Browser and system, such as <c>Firefox · Windows</c>.</summary>
    public required string Device { get; set; }
}
