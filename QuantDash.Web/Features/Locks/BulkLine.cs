using QuantDash.Core.Locking;

namespace QuantDash.Web.Features.Locks;

/// <summary>One leg a template is applied to, with the rule that comes of it, or why none does.</summary>
internal sealed class BulkLine(TemplateLeg leg)
{
    public TemplateLeg Leg { get; } = leg;
    public string Key { get; } = $"{leg.Contract.Symbol} {leg.Side}";
    public bool Chosen { get; set; } = true;

    /// <summary>Null when the template makes no valid rule here.</summary>
    public LockRule? Rule { get; set; }
    public IReadOnlyList<string> Problems { get; set; } = [];
    public bool Saved { get; set; }

    public bool IsReady => Chosen && Rule is not null && !Saved;
}
