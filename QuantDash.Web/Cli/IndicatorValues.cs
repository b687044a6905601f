using System.Text;
using QuantDash.Core.Indicators;
using QuantDash.Web.Api;

namespace QuantDash.Web.Cli;

/// <summary>The values of an indicator as CSV: the timestamp as it came and a column for each output, empty while it is warming up or not defined.</summary>
internal static class IndicatorValues
{
    public static bool TryWrite(IndicatorDeclaration declaration, Indicator indicator, BarFile file, out string text, out string refused)
    {
        (text, refused) = ("", "");
        var columns = new double?[declaration.Outputs.Count][];
        for (var output = 0; output < columns.Length; output++) columns[output] = new double?[file.Bars.Count];
        var row = new double?[columns.Length];
        for (var i = 0; i < file.Bars.Count; i++)
        {
            try
            {
                indicator.Add(file.Bars[i]);
            }
            catch (RefusedValueException e)
            {
                refused = $"line {file.Lines[i]}: {e.Reason}";
                return false;
            }

            indicator.Read(row);
            for (var output = 0; output < row.Length; output++) columns[output][i] = row[output];
        }

        for (var output = 0; output < columns.Length; output++) columns[output] = IndicatorTable.Shifted(columns[output], indicator.ShiftOf(output));
        var lines = new StringBuilder(CsvText.Line(["timestamp", .. declaration.Outputs]));
        for (var i = 0; i < file.Bars.Count; i++) lines.Append(CsvText.Line([file.Timestamps[i], .. columns.Select(column => (object?)column[i])]));
        text = lines.ToString();
        return true;
    }
}
