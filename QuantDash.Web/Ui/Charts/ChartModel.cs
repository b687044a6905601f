namespace QuantDash.Web.Ui.Charts;

public enum SeriesKind { Line, Area, Step, Bars, Candles }

/// <summary>What a chart shows, as data. A new model with the same <see cref="Key"/> is drawn as a change of the old one: series may have grown at
/// their end or changed in their last point, levels and markers are replaced. Another key draws everything again.</summary>
public sealed record ChartModel
{
    public required string Key { get; init; }
    public required IReadOnlyList<ChartSeries> Series { get; init; }
    public IReadOnlyList<ChartLevel> Levels { get; init; } = [];
    public IReadOnlyList<ChartMarker> Markers { get; init; } = [];

    /// <summary>Decimals on the value axis and in the hover card.</summary>
    public int Places { get; init; } = 2;

    /// <summary>Buttons that show the latest minutes of the time axis; 0 is everything.</summary>
    public IReadOnlyList<ChartRange> Ranges { get; init; } = [];

    /// <summary>The value axis never shows less than this: a price that stands still is a line, not noise between equal labels.</summary>
    public double LeastSpan { get; init; }

    /// <summary>What a dragged level and a picked value snap to; 0: nothing.</summary>
    public double Step { get; init; }

    /// <summary>Leaves out hours without trading.</summary>
    public bool HideGaps { get; init; }
    public bool IsEmpty => Series.All(s => s.X.Count == 0);
}

public sealed record ChartRange(string Label, int Minutes);

/// <param name="Name">In the legend, the hover card and the table.</param>
/// <param name="X">Times as <see cref="ScreenTime.Axis"/> writes them, ascending.</param>
/// <param name="Y">Values; the close for candles. Null leaves a gap.</param>
/// <param name="Lower">Drawn in the lower panel (volume, drawdown).</param>
public sealed record ChartSeries(string Name, SeriesKind Kind, Tone Tone, IReadOnlyList<string> X, IReadOnlyList<double?> Y, bool Lower = false)
{
    public IReadOnlyList<double>? Open { get; init; }
    public IReadOnlyList<double>? High { get; init; }
    public IReadOnlyList<double>? Low { get; init; }
}

/// <summary>A labelled horizontal line: a trigger level, an average price, a high-water.</summary>
/// <param name="Id">Of one that can be dragged to another value; null: it stays where it is.</param>
public sealed record ChartLevel(double Value, string Label, Tone Tone, bool Dashed = true, string? Id = null);

/// <summary>A level was let go at another value, already on the chart's step.</summary>
public sealed record LevelMove(string Id, decimal Value);

/// <summary>A point with a hover card: a firing or a fill.</summary>
public sealed record ChartMarker(string X, double Y, string Text, Tone Tone, bool Up);
