namespace QuantDash.Web.Adapters.Storage;

/// <summary>Another process has taken the trader's place in the database: what this one remembers is out of date, and nothing of it may be written.</summary>
public sealed class FencedOffException(string who) : Exception($"Another QuantDash is the trader now: {who}. This one writes nothing and sends nothing any more.");
