using QuantDash.Core.Audit;

namespace QuantDash.Web.Trading;

/// <summary>Who is behind the work that runs now, for the audit. Flows with the call, as <see cref="System.Diagnostics.Activity"/> does, because whoever gives a command
/// to the engine three layers down neither knows nor needs to know who asked.</summary>
public static class Acting
{
    private static readonly AsyncLocal<Actor?> Present = new();

    /// <summary>The engine itself unless somebody else was named.</summary>
    public static Actor Now => Present.Value ?? Actor.Engine;

    /// <summary>Everything until the end of the using, and what it starts, is this actor's doing.</summary>
    public static Named As(Actor actor)
    {
        var before = Present.Value;
        Present.Value = actor;
        return new(before);
    }

    public readonly struct Named : IDisposable
    {
        private readonly Actor? _before;

        internal Named(Actor? before) => _before = before;

        public void Dispose() => Present.Value = _before;
    }
}
