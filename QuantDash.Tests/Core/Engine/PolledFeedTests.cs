using QuantDash.Core.Engine;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>A feed that asks for prices is silent only when it has missed several of its turns.</summary>
public sealed class PolledFeedTests
{
    private static readonly Symbol Pta = Symbol.ParseCanonical("CZCE.TA2705");

    [Theory]
    [InlineData(null, 10)]
    [InlineData(3, 10)] // three turns are less than the limit of any feed
    [InlineData(60, 180)]
    public void Silence_IsToldAfterTheLimitOfItsKind(int? pollSeconds, int limitSeconds)
    {
        var engine = new EngineHarness();
        var source = engine.Source;
        engine.Engine.CreateSource(new() { Name = source, Clock = SourceClock.Wall, PollInterval = pollSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null, CreatedAt = EngineHarness.Wall }).Succeeded.ShouldBeTrue();
        engine.Account(clock: SourceClock.Wall);
        engine.Engine.OnTick(source, Pta, new() { Timestamp = EngineHarness.Wall, LastPrice = 5000 }, EngineHarness.Wall).ShouldBe(TickReject.None);

        engine.Engine.OnTimer(EngineHarness.Wall.AddSeconds(limitSeconds));
        Silences().ShouldBe(0);
        engine.Engine.OnTimer(EngineHarness.Wall.AddSeconds(limitSeconds + 0.2));

        Silences().ShouldBe(1);

        int Silences() => engine.Journal.Changes.OfType<JournalChange.EventAdded>().Count(change => change.Event.Key == "feed.stale");
    }
}
