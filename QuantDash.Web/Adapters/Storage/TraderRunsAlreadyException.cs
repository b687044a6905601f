namespace QuantDash.Web.Adapters.Storage;

/// <summary>Exactly one trader may run on a data directory and on a database: two would both fire the same rules.</summary>
public sealed class TraderRunsAlreadyException(string who) : Exception($"QuantDash runs already: {who}. Stop it, or give this one a data directory and a database of its own.");
