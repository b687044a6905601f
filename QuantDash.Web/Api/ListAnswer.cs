namespace QuantDash.Web.Api;

/// <summary>One page of a list, newest first.</summary>
/// <param name="Items">At most <c>limit</c> of them.</param>
/// <param name="NextCursor">Send it back as <c>cursor</c> for the next page; null at the end.</param>
public sealed record ListAnswer<T>(IReadOnlyList<T> Items, string? NextCursor);
