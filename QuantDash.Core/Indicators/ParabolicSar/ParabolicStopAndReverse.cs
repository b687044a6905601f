using System.Globalization;

namespace QuantDash.Core.Indicators;

/// <summary>Wilder's stop and reverse: a stop that closes in on the extreme of the trend, faster with every new extreme, and turns round when it is touched. The first trend is
/// taken for rising, which is a guess: nothing is told up to the first reversal, that bar included. <c>is_reversal</c> is 1 on the bar that turns, else 0.</summary>
public sealed class ParabolicStopAndReverse : Indicator
{
    private static readonly IndicatorParameter Step = IndicatorParameter.Number("step", 0.02, 0.0001, 1);
    private static readonly IndicatorParameter Initial = IndicatorParameter.Number("initial", 0.02, 0.0001, 1);
    private static readonly IndicatorParameter Most = IndicatorParameter.Number("maximum", 0.2, 0.0001, 1);
    private readonly double _step;
    private readonly double _most;
    private readonly double _initial;
    private int _bars;
    private bool _isRising = true;
    private bool _hasReversed;
    private bool _isTold;
    private bool _isReversal;
    private double _stop;
    private double _extreme;
    private double _pace;
    private double _lastHigh;
    private double _lastLow;
    private double _secondLastHigh;
    private double _secondLastLow;

    public ParabolicStopAndReverse(double step = 0.02, double maximum = 0.2, double initial = 0.02)
    {
        (_step, _most, _initial) = (Step.Checked(step), Most.Checked(maximum), Initial.Checked(initial));
        if (step > maximum) throw new RefusedValueException(nameof(step), step, string.Create(CultureInfo.InvariantCulture, $"at most maximum, {maximum:R}"));
        if (initial > maximum) throw new RefusedValueException(nameof(initial), initial, string.Create(CultureInfo.InvariantCulture, $"at most maximum, {maximum:R}"));
        _pace = initial;
    }

    public static IndicatorDeclaration Declaration { get; } =
        new("parabolic_sar", [BarField.High, BarField.Low], [Step, Most, Initial], ["sar", "is_reversal"], settings => new ParabolicStopAndReverse(settings["step"], settings["maximum"], settings["initial"]));

    /// <summary>The least: the first reversal comes when it comes.</summary>
    public override int WarmUpBars => 3;

    public double? Value => _isTold ? _stop : null;

    /// <summary>Null as long as there is no value.</summary>
    public bool? IsReversal => _isTold ? _isReversal : null;

    public override void Read(Span<double?> outputs) => (outputs[0], outputs[1]) = (Value, !_isTold ? null : _isReversal ? 1 : 0);

    public override void Add(in IndicatorBar bar)
    {
        _isTold = _hasReversed;
        if (_bars == 0) Begin(bar);
        else if (_isRising) Rise(bar);
        else Fall(bar);
        (_secondLastHigh, _secondLastLow) = _bars == 0 ? (bar.High, bar.Low) : (_lastHigh, _lastLow);
        (_lastHigh, _lastLow) = (bar.High, bar.Low);
        if (_bars < 2) _bars++;
    }

    private void Begin(in IndicatorBar bar) => (_stop, _extreme) = (bar.Low, bar.High);

    private void Rise(in IndicatorBar bar)
    {
        var stop = Math.Min(_stop + (_pace * (_extreme - _stop)), Math.Min(_lastLow, _secondLastLow));
        if (bar.Low < stop)
        {
            Reverse(bar.Low);
            return;
        }

        Stay(stop, bar.High > _extreme, bar.High);
    }

    private void Fall(in IndicatorBar bar)
    {
        var stop = Math.Max(_stop + (_pace * (_extreme - _stop)), Math.Max(_lastHigh, _secondLastHigh));
        if (bar.High > stop)
        {
            Reverse(bar.High);
            return;
        }

        Stay(stop, bar.Low < _extreme, bar.Low);
    }

    private void Reverse(double extreme)
    {
        _isRising = !_isRising;
        (_hasReversed, _isReversal) = (true, true);
        (_stop, _extreme, _pace) = (_extreme, extreme, _initial);
    }

    private void Stay(double stop, bool isNewExtreme, double extreme)
    {
        (_stop, _isReversal) = (stop, false);
        if (isNewExtreme) (_extreme, _pace) = (extreme, Math.Min(_pace + _step, _most));
    }
}
