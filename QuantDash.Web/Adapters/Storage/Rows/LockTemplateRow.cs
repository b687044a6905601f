using System.Text.Json;
using System.Text.Json.Serialization;
using QuantDash.Core.Locking;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>lock_templates</c>: a named set of rule terms relative to a leg, as JSON in snake_case.</summary>
internal sealed class LockTemplateRow
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, IgnoreReadOnlyProperties = true, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public Guid Id { get; set; }
    public required string Name { get; set; }
    public required string Terms { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    public void Take(LockTemplate template) => (Name, Terms, UpdatedAt) = (template.Name, JsonSerializer.Serialize(template.Terms, Options), template.UpdatedAt);

    /// <summary>Null when somebody wrote terms that cannot be read: such a template is not offered.</summary>
    public LockTemplate? ToTemplate()
    {
        try
        {
            var terms = JsonSerializer.Deserialize<TemplateTerms>(Terms, Options);
            return terms is null ? null : new() { Id = Id, Name = Name, Terms = terms, UpdatedAt = UpdatedAt };
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
