namespace QuantDash.Core.Strategies;

/// <summary>Sum and spread of the last so many whole numbers, exact: no rounding decides on which side of a band a price is.</summary>
internal sealed class RollingSpread(int length)
{
    private readonly RollingSum _sum = new(length);
    private readonly long[] _values = new long[length];
    private Int128 _squares;
    private int _next;

    public bool IsFull => _sum.IsFull;

    public void Add(long value)
    {
        _sum.Add(value);
        ref var place = ref _values[_next];
        _squares += ((Int128)value * value) - ((Int128)place * place);
        place = value;
        if (++_next == _values.Length) _next = 0;
    }

    /// <summary>Distance of a number from the mean, in n-ths of one.</summary>
    public long DistanceOf(long value) => (value * _values.Length) - _sum.Sum;

    /// <summary>Whether a <see cref="DistanceOf"/> is more than so many hundredths of a (population) standard deviation.</summary>
    public bool IsBeyond(long distance, int hundredths)
    {
        var spread = (_values.Length * _squares) - ((Int128)_sum.Sum * _sum.Sum);
        return (Int128)distance * distance * 10_000 > spread * hundredths * hundredths;
    }
}
