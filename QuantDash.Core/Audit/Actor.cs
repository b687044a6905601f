namespace QuantDash.Core.Audit;

/// <summary>What kind of somebody acted.</summary>
public enum ActorKind
{
    /// <summary>QuantDash by itself: a tick, a timer, a venue's report, a start.</summary>
    Engine,

    /// <summary>Somebody signed in with a browser; the name is the user's.</summary>
    User,

    /// <summary>A program with an API key; the name is the key's.</summary>
    Key,

    /// <summary>Whoever held a one-time link of a message.</summary>
    Link,

    /// <summary>Another program that wrote into our tables.</summary>
    Sql,

    /// <summary>Somebody with a shell on the machine; the name is the verb's.</summary>
    Command,
}

/// <summary>Who acted.</summary>
/// <param name="Name">At most <see cref="LongestName"/> characters; empty for those without a name.</param>
public readonly record struct Actor(ActorKind Kind, string Name)
{
    public const int LongestName = 256;

    public static Actor Engine { get; } = new(ActorKind.Engine, "");

    public static Actor Sql { get; } = new(ActorKind.Sql, "");

    /// <summary>A name that is too long is cut.</summary>
    public static Actor Of(ActorKind kind, string? name) => new(kind, name is null ? "" : name.Length > LongestName ? name[..LongestName] : name);
}
