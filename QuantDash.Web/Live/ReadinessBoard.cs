using QuantDash.Core.Engine;

namespace QuantDash.Web.Live;

/// <summary>Whether each armed rule could act now, looked through once a second for all who watch.</summary>
public sealed class ReadinessBoard
{
    private readonly Lock _gate = new();
    private EngineSnapshot? _of;
    private IReadOnlyDictionary<Guid, RuleReadiness> _rules = new Dictionary<Guid, RuleReadiness>();

    /// <summary>By rule, of this snapshot or one at most a second older; a rule that is not armed, or whose leg is not there, is left out.</summary>
    public IReadOnlyDictionary<Guid, RuleReadiness> Of(EngineSnapshot snapshot)
    {
        lock (_gate)
        {
            if (_of is { } of && snapshot.At >= of.At && snapshot.At - of.At < Paces.Funds && of.Rules.Count == snapshot.Rules.Count) return _rules;
            _of = snapshot;
            return _rules = Readiness.Build(snapshot).ToDictionary(rule => rule.RuleId);
        }
    }
}
