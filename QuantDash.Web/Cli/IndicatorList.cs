using System.Globalization;
using System.Resources;
using System.Text;
using QuantDash.Core.Indicators;
using QuantDash.Web.Ui.Indicators;

namespace QuantDash.Web.Cli;

/// <summary>The catalogue as lines of text.</summary>
internal static class IndicatorList
{
    private static readonly ResourceManager Texts = new(typeof(IndicatorText));

    public static string All() => string.Join('\n', IndicatorCatalogue.All.Select(Of));

    /// <summary>What it is, what it gives, and each parameter with its usual value and its range.</summary>
    public static string Of(IndicatorDeclaration declaration)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{declaration.Name}: {Help(declaration.HelpKey)}\n  outputs: {string.Join(", ", declaration.Outputs)}\n");
        foreach (var parameter in declaration.Parameters)
        {
            text.Append(CultureInfo.InvariantCulture, $"  --{parameter.Name.Replace('_', '-')} {parameter.Default:R} ({parameter.Allowed}): {Help(parameter.HelpKey)}\n");
        }

        if (declaration.TakesSource) text.Append(CultureInfo.InvariantCulture, $"  --source close ({string.Join(", ", Enum.GetNames<BarField>()).ToLowerInvariant()}): {Help("Parameter.source")}\n");
        return text.ToString();
    }

    private static string Help(string key) => Texts.GetString(key, CultureInfo.CurrentUICulture) ?? key;
}
