namespace QuantDash.Core.Primitives;

/// <summary>Our own id of an account (the venue's id is <c>external_id</c>). Text form: lower-case UUID with hyphens.</summary>
public readonly record struct AccountId(Guid Value) : IComparable<AccountId>
{
    public int CompareTo(AccountId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString("D");
}
