using System.Globalization;
using System.Runtime.Intrinsics;
using QuantDash.Core.Indicators.Windows;

namespace QuantDash.Core.Indicators;

/// <summary>Ichimoku Kinko Hyo: the middle of a short (<c>tenkan</c>) and a medium window (<c>kijun</c>); the cloud over the newest bar (<c>senkou_a</c>, <c>senkou_b</c>), which was worked out
/// so many bars ago; and the close (<c>chikou</c>), which charts draw so many bars back. Nothing here knows a bar that has not come: only tables and charts shift chikou
/// (<see cref="ShiftOf"/>).</summary>
public sealed class IchimokuCloud : Indicator
{
    private const int Chikou = 4;
    private static readonly IndicatorParameter TenkanPeriod = IndicatorParameter.Bars("tenkan", 9);
    private static readonly IndicatorParameter KijunPeriod = IndicatorParameter.Bars("kijun", 26);
    private static readonly IndicatorParameter SenkouPeriod = IndicatorParameter.Bars("senkou", 52);
    private static readonly IndicatorParameter Displacement = IndicatorParameter.Bars("displacement", 26);
    private readonly int _displacement;
    private readonly int _tenkan;
    private readonly int _kijun;
    private readonly int _delayOfA;
    private readonly int _delayOfB;
    private HighLow _short;
    private HighLow _medium;
    private HighLow _long;
    private Ring<Vector128<double>> _leading;
    private Vector128<double> _cloud;
    private int _bars;
    private double _close;

    public IchimokuCloud(int tenkan = 9, int kijun = 26, int senkou = 52, int displacement = 26)
    {
        (_short, _medium, _long) = (new(TenkanPeriod.Checked(tenkan)), new(KijunPeriod.Checked(kijun)), new(SenkouPeriod.Checked(senkou)));
        _displacement = Displacement.Checked(displacement);
        if (tenkan > kijun) throw new RefusedValueException(nameof(tenkan), tenkan, string.Create(CultureInfo.InvariantCulture, $"at most kijun, {kijun}"));
        if (kijun > senkou) throw new RefusedValueException(nameof(kijun), kijun, string.Create(CultureInfo.InvariantCulture, $"at most senkou, {senkou}"));
        _leading = new(displacement);
        (_tenkan, _kijun, _delayOfA, _delayOfB) = (tenkan, kijun, kijun + displacement, senkou + displacement);
    }

    public static IndicatorDeclaration Declaration { get; } = new(
        "ichimoku",
        [BarField.High, BarField.Low, BarField.Close],
        [TenkanPeriod, KijunPeriod, SenkouPeriod, Displacement],
        ["tenkan", "kijun", "senkou_a", "senkou_b", "chikou"],
        settings => new IchimokuCloud(settings.Whole("tenkan"), settings.Whole("kijun"), settings.Whole("senkou"), settings.Whole("displacement")));

    public override int WarmUpBars => _delayOfB;
    public double? Tenkan => _bars >= _tenkan ? _short.Middle : null;
    public double? Kijun => _bars >= _kijun ? _medium.Middle : null;

    /// <summary>Over the newest bar.</summary>
    public double? SenkouA => _bars >= _delayOfA ? _cloud.ToScalar() : null;

    /// <inheritdoc cref="SenkouA"/>
    public double? SenkouB => _bars >= _delayOfB ? _cloud.GetElement(1) : null;

    /// <summary>The newest close, to be compared with the bars of so long ago.</summary>
    public double? LaggingClose => _bars > 0 ? _close : null;

    public override int ShiftOf(int output) => output == Chikou ? -_displacement : 0;

    public override void Read(Span<double?> outputs) => (outputs[0], outputs[1], outputs[2], outputs[3], outputs[4]) = (Tenkan, Kijun, SenkouA, SenkouB, LaggingClose);

    public override void Add(in IndicatorBar bar)
    {
        _short.Add(bar.High, bar.Low);
        _medium.Add(bar.High, bar.Low);
        _long.Add(bar.High, bar.Low);
        _cloud = _leading.Push(Vector128.Create((_short.Middle + _medium.Middle) / 2, _long.Middle));
        _close = bar.Close;
        if (_bars < _delayOfB) _bars++;
    }
}
