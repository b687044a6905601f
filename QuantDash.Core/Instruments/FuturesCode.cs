namespace QuantDash.Core.Instruments;

/// <summary>The two parts of a canonical futures code: product letters and a four-digit delivery month.</summary>
internal readonly record struct FuturesCode(string Product, DeliveryMonth Delivery)
{
    /// <summary>Null when the text is not one or two letters followed by <c>YYMM</c>.</summary>
    public static FuturesCode? Read(string code)
        => code.Length is 5 or 6 && code.AsSpan(..^4).IndexOfAnyExcept(Letters) < 0 && DeliveryMonth.FromFourDigits(code.AsSpan(^4..)) is { } delivery
            ? new(code[..^4], delivery)
            : null;

    internal static System.Buffers.SearchValues<char> Letters { get; } =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
}
