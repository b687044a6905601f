namespace QuantDash.Web.Adapters.Storage;

/// <summary>Storage that cannot be traded on and that no waiting mends: a person has to do what it says. A service manager must not start QuantDash again and again (docs/operations.md).</summary>
public sealed class UnusableStorageException(string what, Exception? cause = null) : InvalidOperationException(what, cause);
