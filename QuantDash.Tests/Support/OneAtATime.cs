namespace QuantDash.Tests.Support;

/// <summary>
/// Tests that start servers or browsers: [Collection(OneAtATime.Name)]. Two of them side by side on two cores miss deadlines
/// that each alone meets. Those whose every wait is minutes long, as for the demo's prices, go beside the others instead.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OneAtATime
{
    public const string Name = "one at a time";
}
