using System.Text.Json;

namespace QuantDash.Web.Ui.Files;

/// <summary>What the server said to a file.</summary>
/// <param name="Status">The HTTP status; 0 when the server could not be reached.</param>
/// <param name="Body">As text.</param>
public sealed record FileAnswer(int Status, string Body)
{
    public bool IsTaken => Status is >= 200 and < 300;

    /// <summary>What is wrong, by field; the field is empty for what concerns the whole file.</summary>
    public IReadOnlyList<(string Field, string Sentence)> Reasons()
    {
        try
        {
            using var problem = JsonDocument.Parse(Body);
            if (problem.RootElement.TryGetProperty("errors", out var errors) && errors.EnumerateObject().Any())
                return [.. errors.EnumerateObject().SelectMany(field => field.Value.EnumerateArray().Select(sentence => (field.Name, sentence.GetString() ?? "")))];
            return [("", problem.RootElement.TryGetProperty("title", out var title) ? title.GetString() ?? Plain : Plain)];
        }
        catch (JsonException)
        {
            return [("", Plain)];
        }
    }

    private string Plain => Status == 0 && Body.Length > 0 ? Body : $"HTTP {Status}";
}
