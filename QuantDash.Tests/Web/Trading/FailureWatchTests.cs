using QuantDash.Core.Engine;
using QuantDash.Web.Trading;

namespace QuantDash.Tests.Web.Trading;

public sealed class FailureWatchTests
{
    private readonly FailureWatch _watch = new();

    [Fact]
    public void Silence_OfTwoTurns_IsToldOnce_AndAgainAfterALifeSign()
    {
        Told(Of("board", ServiceStatus.Stalled), Of("desk", "running")).ShouldBeEmpty("a turn may be long once");
        Told(Of("board", ServiceStatus.Stalled), Of("desk", ServiceStatus.Stalled)).ShouldBe(["board"]);
        Told(Of("board", "running"), Of("desk", ServiceStatus.Stalled)).ShouldBe(["desk"]);
        Told(Of("board", ServiceStatus.Stalled), Of("desk", ServiceStatus.Stalled)).ShouldBeEmpty();
        Told(Of("board", ServiceStatus.Stalled), Of("desk", ServiceStatus.Stalled)).ShouldBe(["board"]);
    }

    /// <summary>A loop that failed tells so itself; the engine cannot.</summary>
    [Fact]
    public void Rebuilding_OfTheEngine_IsToldEachTime_RestartsOfLoopsAreNot()
    {
        Told(Of(ServiceReporter.Trading, "running", 0), Of("board", "failed", 3)).ShouldBeEmpty();
        Told(Of(ServiceReporter.Trading, "running", 1), Of("board", "failed", 4)).ShouldBe([ServiceReporter.Trading]);
        Told(Of(ServiceReporter.Trading, "running", 1)).ShouldBeEmpty();
        Told(Of(ServiceReporter.Trading, "running", 3)).ShouldBe([ServiceReporter.Trading]);
    }

    private string[] Told(params ServiceStatus[] all) => [.. _watch.Next(all).Select(status => status.ServiceName)];

    private static ServiceStatus Of(string name, string state, int restarts = 0) => new(name, state, DateTimeOffset.UnixEpoch, null, restarts);
}
