namespace QuantDash.Web.Configuration;

/// <summary>Names of threads that others must know.</summary>
public static class ThreadNames
{
    /// <summary>The one that owns the engine: whatever runs on it does not wait.</summary>
    public const string Trading = "trading";
}
