using QuantDash.Core.Notifications;

namespace QuantDash.Web.Features.Notifications;

/// <summary>What is written in the form of a channel. Secrets that were entered before are not in it: an empty field leaves them as they are.</summary>
public sealed class ChannelDraft
{
    private readonly NotificationChannel? _before;
    private ChannelKind _kind = ChannelKind.Dingtalk;

    private ChannelDraft(NotificationChannel before)
    {
        (_before, _kind, Name) = (before, before.Kind, before.Name);
        foreach (var field in Fields.Where(f => !f.IsSecret)) Values[field.Name] = before.Setting(field.Name);
    }

    public ChannelDraft() => TakeDefaults();

    public Guid? Id => _before?.Id;

    public string Name { get; set; } = "";

    /// <summary>Another kind asks for other things.</summary>
    public ChannelKind Kind
    {
        get => _kind;
        set
        {
            _kind = value;
            Values.Clear();
            TakeDefaults();
        }
    }

    public IReadOnlyList<ChannelField> Fields => ChannelFields.Of(_kind);

    public Dictionary<string, string> Values { get; } = new(StringComparer.Ordinal);

    /// <summary>Secrets that are to be taken away.</summary>
    public HashSet<string> Cleared { get; } = new(StringComparer.Ordinal);

    public static ChannelDraft Of(NotificationChannel channel) => new(channel);

    /// <summary>Whether a secret was entered before, and how it ends.</summary>
    public SecretAnswer SecretOf(ChannelField field) => SecretAnswer.Of(_before?.Setting(field.Name) ?? "");

    public ChannelEdit ToEdit() => new(Name, _before is null ? _kind : null, null, Fields.Where(IsGiven).ToDictionary(f => f.Name, f => Cleared.Contains(f.Name) ? null : (string?)Values.GetValueOrDefault(f.Name, "")));

    private bool IsGiven(ChannelField field) => !field.IsSecret || Cleared.Contains(field.Name) || Values.GetValueOrDefault(field.Name, "").Trim().Length > 0;

    private void TakeDefaults()
    {
        foreach (var field in Fields) Values[field.Name] = field.Default;
    }
}
