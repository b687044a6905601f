namespace QuantDash.Web.Observability;

/// <summary>One number that many threads may change at once, without a lock.</summary>
internal sealed class MetricCell
{
    private long _bits;

    public double Value => BitConverter.Int64BitsToDouble(Interlocked.Read(ref _bits));

    public void Set(double value) => Interlocked.Exchange(ref _bits, BitConverter.DoubleToInt64Bits(value));

    public void Add(double value)
    {
        var seen = Interlocked.Read(ref _bits);
        while (true)
        {
            var next = BitConverter.DoubleToInt64Bits(BitConverter.Int64BitsToDouble(seen) + value);
            var found = Interlocked.CompareExchange(ref _bits, next, seen);
            if (found == seen) return;
            seen = found;
        }
    }
}
