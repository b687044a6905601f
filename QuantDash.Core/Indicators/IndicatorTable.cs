namespace QuantDash.Core.Indicators;

/// <summary>Columns of outputs as tables and charts show them.</summary>
public static class IndicatorTable
{
    /// <summary>The column moved down (+) or up (−) by so many rows: what leaves the table is cut off, what comes in is empty.</summary>
    public static double?[] Shifted(double?[] column, int rows)
    {
        if (rows == 0) return column;
        var shifted = new double?[column.Length];
        for (var row = Math.Max(0, rows); row < Math.Min(column.Length, column.Length + rows); row++) shifted[row] = column[row - rows];
        return shifted;
    }
}
