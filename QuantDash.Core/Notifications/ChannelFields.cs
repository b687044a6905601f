namespace QuantDash.Core.Notifications;

/// <summary>One setting of a channel.</summary>
/// <param name="Name">On the wire and in the database.</param>
/// <param name="IsSecret">Sealed in the database and never shown again.</param>
/// <param name="IsRequired">Without it nothing can be sent.</param>
public sealed record ChannelField(string Name, bool IsSecret = false, bool IsRequired = false)
{
    public const int Longest = 1000;

    /// <summary>The only words it may be; empty: anything.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>What it is when nobody says.</summary>
    public string Default { get; init; } = "";
}

/// <summary>What each kind of channel needs. The addresses of chat robots hold their key, and that of an ntfy topic lets everybody read it: they are secrets.</summary>
public static class ChannelFields
{
    public const string Url = "url";
    public const string Token = "token";
    public const string Secret = "secret";
    public const string Keyword = "keyword";
    public const string Host = "host";
    public const string Port = "port";
    public const string Security = "security";
    public const string User = "user";
    public const string Password = "password";
    public const string From = "from";
    public const string To = "to";

    /// <summary>How a mail server is spoken to: a connection that turns to TLS, TLS from the first byte, or none, which only the own machine may be.</summary>
    public const string StartTls = "starttls";
    public const string Tls = "tls";
    public const string Plain = "none";

    private static readonly ChannelField Address = new(Url, IsSecret: true, IsRequired: true);

    public static IReadOnlyList<ChannelField> Of(ChannelKind kind) => kind switch
    {
        ChannelKind.Ntfy => [Address, new(Token, IsSecret: true)],
        ChannelKind.Dingtalk or ChannelKind.Feishu => [Address, new(Secret, IsSecret: true), new(Keyword)],
        ChannelKind.Wecom => [Address],
        ChannelKind.Email =>
        [
            new(Host, IsRequired: true), new(Port, IsRequired: true) { Default = "587" }, new(Security, IsRequired: true) { Words = [StartTls, Tls, Plain], Default = StartTls },
            new(User), new(Password, IsSecret: true), new(From, IsRequired: true), new(To, IsRequired: true),
        ],
        ChannelKind.Webhook => [Address, new(Secret, IsSecret: true)],
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
