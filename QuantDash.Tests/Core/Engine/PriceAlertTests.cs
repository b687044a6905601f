using QuantDash.Core.Engine;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>Price alerts without an order. PTA at 5500, tick 2.</summary>
public sealed class PriceAlertTests
{
    private readonly PtaDesk _desk = new(longVolume: 8);

    private IReadOnlyList<TapeEvent> Told => [.. _desk.Harness.Journal.Changes.OfType<JournalChange.EventAdded>().Select(change => change.Event).Where(e => e.Key.StartsWith("alert.", StringComparison.Ordinal))];

    [Theory]
    [InlineData(AlertDirection.Above, 5520, 5518, 5520)]
    [InlineData(AlertDirection.Above, 5520, 5518, 5530)]
    [InlineData(AlertDirection.Below, 5480, 5482, 5480)]
    [InlineData(AlertDirection.Below, 5480, 5482, 5470)]
    public void Level_Reached_IsToldOnceAndNotBefore(AlertDirection direction, int level, int before, int at)
    {
        var alert = Create(direction, level, note: "the gap");
        _desk.Tick(before);
        Told.ShouldBeEmpty();

        foreach (var price in new[] { at, before, at }) _desk.Tick(price);

        var told = Told.ShouldHaveSingleItem();
        (told.Key, told.SubjectId).ShouldBe(("alert.reached", alert.Id));
        told.Values.ShouldBe([direction == AlertDirection.Above ? "above" : "below", $"{level}", $"{at}", " · the gap"]);
        Find(alert).ShouldSatisfyAllConditions(a => a.State.ShouldBe(AlertState.Told), a => a.ToldPrice.ShouldBe(new Price(at)), a => a.Times.ShouldBe(1));
        _desk.Harness.Journal.Changes.OfType<JournalChange.OrderSaved>().ShouldBeEmpty();
    }

    [Fact]
    public void Level_BeyondAlready_MustBeCrossedFromTheOtherSide()
    {
        var alert = Create(AlertDirection.Above, 5490);
        alert.State.ShouldBe(AlertState.Away);
        _desk.Tick(5502);
        Told.ShouldBeEmpty();
        _desk.Tick(5488);
        Find(alert).State.ShouldBe(AlertState.Armed);
        _desk.Tick(5490);
        Told.Count.ShouldBe(1);
    }

    [Fact]
    public void Repeating_IsToldAtEveryCrossing_AMinuteApartAtLeast()
    {
        var alert = Create(AlertDirection.Above, 5520, repeats: true);
        foreach (var price in new[] { 5520, 5518, 5520, 5518, 5520 }) _desk.Tick(price);
        Told.Count.ShouldBe(1, "a price that plays about the level is one crossing");

        _desk.Wait(TimeSpan.FromMinutes(1));
        foreach (var price in new[] { 5518, 5520 }) _desk.Tick(price);
        Told.Count.ShouldBe(2);
        Find(alert).Times.ShouldBe(2);
    }

    [Fact]
    public void Jump_ThatTheGateHolds_IsNoCrossing()
    {
        Create(AlertDirection.Above, 6000);
        _desk.Spike(6100);
        Told.ShouldBeEmpty();
    }

    [Fact]
    public void Level_CrossedWhileOff_IsToldOnceAndSaysSo()
    {
        var alert = Create(AlertDirection.Above, 5520);
        _desk.Kill();
        _desk.Tick(5524);
        Told.ShouldHaveSingleItem().Key.ShouldBe("alert.reached_while_off");
        _desk.Kill();
        foreach (var price in new[] { 5518, 5524 }) _desk.Tick(price);
        Told.Count.ShouldBe(1);
        Find(alert).State.ShouldBe(AlertState.Told);
    }

    [Fact]
    public void Restart_LevelNotCrossed_WaitsOn()
    {
        Create(AlertDirection.Below, 5480);
        _desk.Kill();
        foreach (var price in new[] { 5490, 5480 }) _desk.Tick(price);
        Told.ShouldHaveSingleItem().Key.ShouldBe("alert.reached");
    }

    [Fact]
    public void Moved_WaitsAtTheNewPriceOnly_AndDeleted_Nowhere()
    {
        var alert = Create(AlertDirection.Above, 5520);
        _desk.Harness.Engine.Alerts.Move(alert.Id, new(5540), EngineHarness.Wall).Value.Level.ShouldBe(new Price(5540));
        _desk.Tick(5530);
        Told.ShouldBeEmpty();
        _desk.Harness.Engine.Alerts.Delete(alert.Id).Succeeded.ShouldBeTrue();
        _desk.Tick(5550);
        Told.ShouldBeEmpty();
        _desk.Harness.Snapshot.Alerts.ShouldBeEmpty();
        _desk.Harness.Engine.Alerts.Delete(alert.Id).Problems.ShouldHaveSingleItem().Code.ShouldBe("unknown_alert");
    }

    [Fact]
    public void Request_OffTheTickOrOfWhatIsNotThere_IsRefused()
    {
        Codes(new(_desk.Harness.Source, PtaDesk.Pta, new(5521), AlertDirection.Above)).ShouldBe(["price off_tick"]);
        Codes(new(_desk.Harness.Source, PtaDesk.Pta, new(-2), AlertDirection.Above)).ShouldBe(["price not_positive"]);
        Codes(new(new("nowhere"), PtaDesk.Pta, new(5520), AlertDirection.Above)).ShouldBe(["source unknown_source"]);
        Codes(new(_desk.Harness.Source, Symbol.Create("CZCE", "ZZ2701"), new(5520), AlertDirection.Above)).ShouldBe(["symbol unknown_symbol"]);
    }

    /// <summary>Against a naive look at every alert with every price.</summary>
    [Fact]
    public void Walk_OfRandomPrices_TellsWhatANaiveLoopTells()
    {
        var random = new Random(7);
        var levels = Enumerable.Range(0, 40).Select(_ => (Level: 5400 + (2 * random.Next(100)), Direction: random.Next(2) == 0 ? AlertDirection.Above : AlertDirection.Below)).ToList();
        var alerts = levels.Select(l => Create(l.Direction, l.Level)).ToList();
        var armed = alerts.ToDictionary(a => a.Id, a => a.State == AlertState.Armed);
        var expected = new List<Guid>();
        var price = 5500;
        for (var i = 0; i < 400; i++)
        {
            price = Math.Clamp(price + (2 * random.Next(-6, 7)), 5380, 5620);
            foreach (var alert in alerts.Where(a => !expected.Contains(a.Id)))
            {
                var beyond = alert.Direction == AlertDirection.Above ? price >= alert.Level.Value : price <= alert.Level.Value;
                if (armed[alert.Id] && beyond) expected.Add(alert.Id);
                else if (!beyond) armed[alert.Id] = true;
            }
            _desk.Tick(price);
        }

        expected.Count.ShouldBeGreaterThan(10);
        Told.Select(e => e.SubjectId!.Value).ShouldBe(expected, ignoreOrder: true);
    }

    private PriceAlert Create(AlertDirection direction, int level, bool repeats = false, string? note = null)
    {
        var created = _desk.Harness.Engine.Alerts.Create(new(_desk.Harness.Source, PtaDesk.Pta, new(level), direction, repeats, note), EngineHarness.Wall);
        created.Problems.ShouldBeEmpty();
        _desk.Harness.Commit();
        return created.Value;
    }

    private PriceAlert Find(PriceAlert alert) => _desk.Harness.Snapshot.Alerts.Single(a => a.Id == alert.Id);

    private IEnumerable<string> Codes(AlertRequest request) => _desk.Harness.Engine.Alerts.Create(request, EngineHarness.Wall).Problems.Select(p => $"{p.Field} {p.Code}");
}
