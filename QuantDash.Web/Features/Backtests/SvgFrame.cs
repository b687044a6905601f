using System.Globalization;
using System.Net;
using System.Text;

namespace QuantDash.Web.Features.Backtests;

/// <summary>The area of a drawing, with its axes: values to places and back to text. Colours are those of the classes, so that both themes and a file by itself can draw it.</summary>
internal sealed class SvgFrame
{
    /// <summary>Of a drawing over the whole page.</summary>
    public const double Wide = 900;

    /// <summary>Of one beside another: its writing stays as large when it is shown smaller.</summary>
    public const double Narrow = 500;
    private const double Left = 76;
    private const double Right = 12;
    private const double Top = 12;
    private const double Bottom = 26;
    private const int Ticks = 5;
    private const double RoomOfAMark = 120;
    private static readonly double[] RoundSteps = [1, 2, 2.5, 5, 10];

    private readonly StringBuilder _svg = new();
    private readonly double _width;
    private readonly double _height;
    private readonly (double From, double To) _x;
    private readonly (double From, double To) _y;

    /// <param name="label">What it shows, for those who cannot see it.</param>
    public SvgFrame(string label, double width, double height, (double From, double To) x, (double From, double To) y)
    {
        (_width, _height, _x, _y) = (width, height, Widened(x), Widened(y));
        _svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{Escaped(label)}\" font-size=\"12\" width=\"100%\">");
    }

    /// <summary>How many marks with a date in them stand beside each other.</summary>
    public int Marks => Math.Max(2, (int)((_width - Left - Right) / RoomOfAMark));

    public double X(double value) => Left + ((value - _x.From) / (_x.To - _x.From) * (_width - Left - Right));

    public double Y(double value) => _height - Bottom - ((value - _y.From) / (_y.To - _y.From) * (_height - Top - Bottom));

    /// <summary>Lines across at round values, with what they are, and a stronger one at zero.</summary>
    public void ValueAxis(Func<double, string> text)
    {
        foreach (var value in RoundValues(_y.From, _y.To))
        {
            var y = Y(value);
            _svg.Append(CultureInfo.InvariantCulture, $"<line class=\"weak\" x1=\"{Left}\" x2=\"{_width - Right}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\" stroke=\"currentColor\" stroke-opacity=\"{(Math.Abs(value) < 1e-12 ? 0.6 : 0.2)}\"/>");
            Text(Left - 8, y + 4, text(value), "end");
        }
    }

    public void CrossAxis(IEnumerable<(double Value, string Text)> marks)
    {
        foreach (var (value, text) in marks) Text(X(value), _height - 8, text, "middle");
    }

    /// <summary>Round marks along the lower edge.</summary>
    public void CrossAxis(Func<double, string> text) => CrossAxis(RoundValues(_x.From, _x.To).Select(value => (value, text(value))));

    /// <param name="css">A class that has a colour.</param>
    /// <param name="isArea">Filled down to zero.</param>
    public void Line(IEnumerable<(double X, double? Y)> points, string css, bool isArea = false)
    {
        var path = new StringBuilder();
        var (first, last) = ((double?)null, 0d);
        foreach (var (x, y) in points)
        {
            if (y is not { } value)
            {
                Draw(path, css, isArea, first, last);
                first = null;
                continue;
            }

            path.Append(CultureInfo.InvariantCulture, $"{(first is null ? 'M' : 'L')}{X(x):0.#} {Y(value):0.#}");
            (first, last) = (first ?? x, x);
        }

        Draw(path, css, isArea, first, last);
    }

    public void Bar(double from, double to, double height, string css, string title)
    {
        var (x, y, zero) = (X(from), Y(height), Y(0));
        _svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{css}\" x=\"{x + 0.5:0.#}\" width=\"{Math.Max(0.5, X(to) - x - 1):0.#}\" y=\"{Math.Min(y, zero):0.#}\" height=\"{Math.Abs(zero - y):0.#}\" fill=\"currentColor\" fill-opacity=\"0.75\"><title>{Escaped(title)}</title></rect>");
    }

    public void Point(double x, double y, string css, string title) =>
        _svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"{css}\" cx=\"{X(x):0.#}\" cy=\"{Y(y):0.#}\" r=\"3.5\" fill=\"currentColor\" fill-opacity=\"0.6\"><title>{Escaped(title)}</title></circle>");

    public void Candle(double x, double half, double open, double high, double low, double close)
    {
        var css = close >= open ? "up" : "down";
        var (top, bottom) = (Y(Math.Max(open, close)), Y(Math.Min(open, close)));
        _svg.Append(CultureInfo.InvariantCulture, $"<path class=\"{css}\" d=\"M{X(x):0.#} {Y(high):0.#}V{Y(low):0.#}\" stroke=\"currentColor\"/><rect class=\"{css}\" x=\"{X(x - half):0.##}\" width=\"{Math.Max(0.6, X(x + half) - X(x - half)):0.##}\" y=\"{top:0.#}\" height=\"{Math.Max(0.6, bottom - top):0.#}\" fill=\"currentColor\"/>");
    }

    /// <summary>A triangle: up under its place, down above it.</summary>
    public void Arrow(double x, double y, bool up, string css, string title)
    {
        var (px, py, by) = (X(x), Y(y) + (up ? 4 : -4), up ? 8 : -8);
        _svg.Append(CultureInfo.InvariantCulture, $"<path class=\"{css}\" d=\"M{px:0.#} {py:0.#}l-4 {by}h8z\" fill=\"currentColor\"><title>{Escaped(title)}</title></path>");
    }

    public override string ToString() => _svg + "</svg>";

    internal static IEnumerable<double> RoundValues(double from, double to)
    {
        var rough = (to - from) / Ticks;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * RoundSteps.First(s => s * power >= rough * 0.999999);
        for (var i = Math.Ceiling(from / step); i * step <= to * (1 + 1e-12) + 1e-300; i++) yield return i * step;
    }

    private void Draw(StringBuilder path, string css, bool isArea, double? first, double last)
    {
        if (path.Length == 0 || first is not { } begin) return;
        _svg.Append(CultureInfo.InvariantCulture, $"<path class=\"{css}\" d=\"{path}\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.6\"/>");
        if (isArea) _svg.Append(CultureInfo.InvariantCulture, $"<path class=\"{css}\" d=\"{path}L{X(last):0.#} {Y(0):0.#}L{X(begin):0.#} {Y(0):0.#}Z\" fill=\"currentColor\" fill-opacity=\"0.18\"/>");
        path.Clear();
    }

    private void Text(double x, double y, string text, string anchor) =>
        _svg.Append(CultureInfo.InvariantCulture, $"<text class=\"weak\" x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\" fill=\"currentColor\">{Escaped(text)}</text>");

    private static (double From, double To) Widened((double From, double To) span)
    {
        if (span.To > span.From) return span;
        var by = Math.Max(Math.Abs(span.From) * 0.01, 1e-6);
        return (span.From - by, span.To + by);
    }

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);
}
