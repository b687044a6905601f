using QuantDash.Core.Indicators.Windows;

namespace QuantDash.Core.Indicators;

/// <summary>Where the close stands between the lowest low and the highest high of the last so many bars, 0 to 100 (0 while they coincide): <c>k</c> is smoothed over so many bars, <c>d</c> is
/// the average of that, <c>j</c> = k_weight × k − d_weight × d. <c>wilder</c> = 1 smooths by 1/n of the
/// way to each further number, from the first one on, instead of by simple averages.</summary>
public sealed class StochasticOscillator : Indicator
{
    private static readonly IndicatorParameter Period = IndicatorParameter.Period(14);
    private static readonly IndicatorParameter SignalParameter = IndicatorParameter.Bars("signal", 3);
    private static readonly IndicatorParameter Smooth = IndicatorParameter.Bars("smooth", 3);
    private static readonly IndicatorParameter FirstWeight = IndicatorParameter.Number("k_weight", 3, 0, 100);
    private static readonly IndicatorParameter SecondWeight = IndicatorParameter.Number("d_weight", 2, 0, 100);
    private static readonly IndicatorParameter Wilder = IndicatorParameter.Choice("wilder", 0, last: 1);
    private readonly double _firstWeight;
    private readonly double _secondWeight;
    private readonly int _period;
    private readonly int _firstBar;
    private int _bars;
    private HighLow _window;
    private Smoothing _fast;
    private Smoothing _slow;

    public StochasticOscillator(int period = 14, int signal = 3, int smooth = 3, double firstWeight = 3, double secondWeight = 2, bool wilder = false)
    {
        _period = Period.Checked(period);
        _window = new(period);
        _fast = new(Smooth.Checked(smooth), wilder);
        _slow = new(SignalParameter.Checked(signal), wilder);
        (_firstWeight, _secondWeight) = (FirstWeight.Checked(firstWeight), SecondWeight.Checked(secondWeight));
        _firstBar = wilder ? period : period + smooth - 1;
        WarmUpBars = wilder ? period : period + smooth + signal - 2;
    }

    public static IndicatorDeclaration Declaration { get; } = new(
        "stochastic",
        [BarField.High, BarField.Low, BarField.Close],
        [Period, SignalParameter, Smooth, FirstWeight, SecondWeight, Wilder],
        ["k", "d", "j"],
        settings => new StochasticOscillator(settings.Whole("period"), settings.Whole("signal"), settings.Whole("smooth"), settings["k_weight"], settings["d_weight"], settings.Flag("wilder")));

    public override int WarmUpBars { get; }
    public double? Value => _bars >= _firstBar ? _fast.Value : null;
    public double? Signal => _bars >= WarmUpBars ? _slow.Value : null;
    public double? Divergence => _bars >= WarmUpBars ? (_firstWeight * _fast.Value) - (_secondWeight * _slow.Value) : null;

    public override void Read(Span<double?> outputs) => (outputs[0], outputs[1], outputs[2]) = (Value, Signal, Divergence);

    public override void Add(in IndicatorBar bar)
    {
        if (_bars < WarmUpBars) _bars++;
        _window.Add(bar.High, bar.Low);
        if (_bars < _period) return;
        var range = _window.High - _window.Low;
        _fast.Add(range > 0 ? 100 * ((bar.Close - _window.Low) / range) : 0);
        if (_bars >= _firstBar) _slow.Add(_fast.Value);
    }

    /// <summary>A simple average, or a share of the way to each number from the first one on.</summary>
    private struct Smoothing(int length, bool wilder)
    {
        /// <summary>So few numbers are added up afresh sooner than a sum is carried on.</summary>
        private const int Few = 8;

        private Ring<double> _ring = new(length);
        private RunningSum _sum;
        private double _older;
        private bool _hasBegun;

        public double Value { get; private set; }

        public void Add(double value)
        {
            if (wilder)
            {
                Value = _hasBegun ? Value + ((value - Value) / length) : value;
                _hasBegun = true;
                return;
            }

            if (length > Few)
            {
                _sum.Replace(_ring.Push(value), value);
                Value = _sum.Value / length;
                return;
            }

            Value = (_older + value) / length;
            _ring.Push(value);
            // Ready before the next number is: what waits for it is one addition.
            double older = 0;
            for (var age = 1; age < length; age++) older += _ring[age];
            _older = older;
        }
    }
}
