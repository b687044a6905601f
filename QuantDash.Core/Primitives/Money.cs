namespace QuantDash.Core.Primitives;

/// <summary>A signed amount in one currency.</summary>
/// <remarks>Operators: <c>Money ± Money → Money</c> (same currency, otherwise <see cref="InvalidOperationException"/>), <c>−Money</c>,
/// <c>Money × decimal → Money</c>. <c>default(Money)</c> is "zero of any currency" and may be added to anything.</remarks>
public readonly record struct Money : IComparable<Money>
{
    private readonly Currency? _currency;

    public Money(decimal amount, Currency currency)
    {
        Amount = amount;
        _currency = currency;
    }

    public decimal Amount { get; }

    /// <summary>The currency; throws on <c>default(Money)</c>.</summary>
    public Currency Currency => _currency ?? throw new InvalidOperationException("This zero has no currency.");

    public static Money Zero(Currency currency) => new(0m, currency);

    public static Money operator +(Money left, Money right) => Combine(left, right, left.Amount + right.Amount);
    public static Money operator -(Money left, Money right) => Combine(left, right, left.Amount - right.Amount);
    public static Money operator -(Money value) => value._currency is { } c ? new(-value.Amount, c) : value;
    public static Money operator *(Money value, decimal factor) => value._currency is { } c ? new(value.Amount * factor, c) : value;
    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;
    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;
    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;
    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    public static Money Max(Money left, Money right) => left >= right ? left : right;

    /// <summary>Rounded half away from zero to the cent, as exchanges print each fee line (DOMAIN.md 2.4).</summary>
    public Money RoundToCent() => _currency is { } c ? new(decimal.Round(Amount, 2, MidpointRounding.AwayFromZero), c) : this;

    public int CompareTo(Money other)
    {
        Combine(this, other, 0m);
        return Amount.CompareTo(other.Amount);
    }

    public override string ToString() =>
        Amount.ToString("0.00######", System.Globalization.CultureInfo.InvariantCulture) + (_currency is { } c ? " " + c.Code : "");

    private static Money Combine(Money left, Money right, decimal amount)
    {
        if (left._currency is not { } l) return right._currency is { } only ? new(amount, only) : default;
        if (right._currency is { } r && r != l) throw new InvalidOperationException($"Amounts in {l} and {r} do not add up without an exchange rate.");
        return new(amount, l);
    }
}
