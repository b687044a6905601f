using System.Text.Json;

namespace QuantDash.Web.Api;

/// <summary>Strings of a JSON body. Lone surrogates and invalid UTF-8 make the reader throw; control characters break log lines and PostgreSQL.</summary>
internal static class JsonText
{
    public static string? Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String) return null;
        try
        {
            var text = element.GetString()!;
            return text.Any(c => char.IsControl(c) && c is not ('\n' or '\t')) ? null : text;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A name that cannot be read is nobody's field.</summary>
    public static string ReadName(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD";
        }
    }
}
