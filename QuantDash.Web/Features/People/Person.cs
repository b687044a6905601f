namespace QuantDash.Web.Features.People;

public enum PersonState { Active, Invited, LinkSpent, Locked }

/// <summary>Somebody who may sign in, ready to draw.</summary>
/// <param name="State">Invited: has not chosen a password yet. LinkSpent: the link is too old, and a new one is needed.</param>
public sealed record Person(Guid Id, string Name, string Role, PersonState State, bool HasSecondFactor, DateTimeOffset CreatedAt, DateTimeOffset? LastSignInAt);

/// <param name="Token">For the address <c>/setup?token=</c>, shown this once.</param>
public sealed record Invited(Person Person, string Token);
