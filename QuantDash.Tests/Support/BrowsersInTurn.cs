namespace QuantDash.Tests.Support;

/// <summary>Tests with a browser and no short deadline: one of them at a time, but beside the tests that need neither. [Collection(BrowsersInTurn.Name)].</summary>
[CollectionDefinition(Name)]
public sealed class BrowsersInTurn
{
    public const string Name = "browsers in turn";
}
