using QuantDash.Core.Audit;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Trading;

/// <summary>Who is behind the work that runs now, for the audit, and what that one may do. Flows with the call, as <see cref="System.Diagnostics.Activity"/> does, because whoever
/// gives a command to the engine three layers down neither knows nor needs to know who asked.</summary>
public static class Acting
{
    private static readonly AsyncLocal<Caller?> Present = new();

    /// <summary>The engine itself unless somebody else was named.</summary>
    public static Actor Now => Present.Value?.Actor ?? Actor.Engine;

    /// <summary>Everything until the end of the using, and what it starts, is this actor's doing.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="scopes">What that one may do; null where it was decided before, such as by the policy of an endpoint. A limit around this stays.</param>
    public static Named As(Actor actor, IReadOnlySet<string>? scopes = null)
    {
        var before = Present.Value;
        Present.Value = new(actor, scopes ?? before?.Scopes);
        return new(before);
    }

    public static bool May(string scope) => Present.Value?.Scopes is not { } scopes || scopes.Contains(scope);

    /// <summary>The last door of every command: a page that still shows a button, or a forged event, gets no further.</summary>
    public static void Demand(string scope)
    {
        if (!May(scope)) throw new ProblemException(ProblemKind.Forbidden, "missing_scope", scope);
    }

    internal sealed record Caller(Actor Actor, IReadOnlySet<string>? Scopes);

    public readonly struct Named : IDisposable
    {
        private readonly Caller? _before;

        internal Named(Caller? before) => _before = before;

        public void Dispose() => Present.Value = _before;
    }
}
