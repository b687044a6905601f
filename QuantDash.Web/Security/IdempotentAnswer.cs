namespace QuantDash.Web.Security;

/// <summary>The answer to a write that carried an <c>Idempotency-Key</c> (table <c>idempotent_answers</c>), given again for 24 h.</summary>
public sealed class IdempotentAnswer
{
    /// <summary>Who asked: two programs may use the same key. At most 128 characters. First half of the primary key.</summary>
    public required string Caller { get; set; }

    /// <summary>The header's value, at most 128 characters. Second half of the primary key.</summary>
    public required string Key { get; set; }

    /// <summary>SHA-256 of method, path, query and body in hex: the same key with anything else is refused.</summary>
    public required string Fingerprint { get; set; }
    public required int Status { get; set; }
    public required string ContentType { get; set; }
    public required byte[] Body { get; set; }
    public required DateTimeOffset CreatedAt { get; set; }
}
