namespace QuantDash.Core.Indicators;

/// <summary>The largest of high − low and the two distances from the previous close; the first bar has none.</summary>
public sealed class TrueRange : Indicator
{
    private RangeOfBars _range;

    public static IndicatorDeclaration Declaration { get; } = new("true_range", [BarField.High, BarField.Low, BarField.Close], [], ["true_range"], _ => new TrueRange());

    public override int WarmUpBars => 2;
    public double? Value { get; private set; }

    public override void Read(Span<double?> outputs) => outputs[0] = Value;
    public override void Add(in IndicatorBar bar) => Value = _range.Next(bar.High, bar.Low, bar.Close) is var range and >= 0 ? range : null;
}
