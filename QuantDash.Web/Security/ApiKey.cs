namespace QuantDash.Web.Security;

/// <summary>A program's key (table <c>api_keys</c>). Only its hash is kept: what was shown once cannot be shown again.</summary>
public sealed class ApiKey
{
    public Guid Id { get; set; }

    /// <summary>What the trader calls it, at most 64 characters.</summary>
    public required string Name { get; set; }

    /// <summary>The visible beginning, <c>qd_</c> and eight characters: enough to recognise a key, useless to guess it.</summary>
    public required string Prefix { get; set; }

    /// <summary>SHA-256 of the whole key in lower-case hex; unique. The key is 256 random bits, so a slow hash would add nothing.</summary>
    public required string Hash { get; set; }

    /// <summary>Scope names separated by a blank: <c>read trade</c>.</summary>
    public required string Scopes { get; set; }
    public required DateTimeOffset CreatedAt { get; set; }
    public required string CreatedBy { get; set; }
    public DateTimeOffset? LastUsedAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }
}
