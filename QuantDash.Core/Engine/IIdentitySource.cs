namespace QuantDash.Core.Engine;

/// <summary>Where new ids come from: random in the application, a counter in tests and replays that are compared.</summary>
public interface IIdentitySource
{
    Guid Next();
}
