using System.Collections.Concurrent;
using System.Diagnostics;
using QuantDash.Tests.Recovery.Venue;
using QuantDash.Tests.Support;
using Xunit.Abstractions;

namespace QuantDash.Tests.Recovery.Wire;

/// <summary>RELIABILITY.md B1 on a wire that is really cut; the steps of one order, each cut once in all three transports, are in BridgeCutTests.</summary>
[Collection(Wire.Name)]
[Trait(Profile.Reliability, "B1")]
public sealed class B1Tests(WireFixture wire, ITestOutputHelper output)
{
    private const double ShortestCut = 10;
    private static readonly int Desks = Profile.Number(10, 100);
    private static readonly int CutsPerDesk = Profile.Number(2, 10);
    private static readonly double LongestCut = Profile.Number(200, 60_000);

    /// <summary>5 s is what is promised for an order whose outcome is unknown; the short form shares two cores with all other tests.</summary>
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(Profile.Number(45, 5));

    /// <summary>An order that was given out is not unknown yet, but under way; it is asked about again after 5 s, and settled a breath later.</summary>
    private static readonly TimeSpan PromisedWhenUnderWay = Promised + TimeSpan.FromSeconds(1);

    private static readonly Phase[] Phases = Enum.GetValues<Phase>();

    private enum Phase { BeforeTheSend, MidHandOut, BetweenSendAndAcknowledgement, MidAcknowledgement, AcknowledgedButNotAnswered, MidFill, FilledButNotAnswered }

    [Fact]
    public async Task B1_RandomCutsAtEachPhase_LoseNothing_AndLeaveNothingOpenForLong()
    {
        var seed = StormSeed.Value;
        var counts = new ConcurrentDictionary<Phase, int>();
        var took = new ConcurrentBag<(TimeSpan Settled, TimeSpan Unknown)>();
        await Task.WhenAll(Enumerable.Range(0, Desks).Select(async i =>
        {
            var desk = await VenueDesk.OpenAsync(wire.Trader, $"cut-{i}");
            await using var proxy = new FaultProxy(wire.App.Address);
            await using var program = await desk.ServeAsync(proxy.Address, VenueScript.Always(VenueFault.None), new() { Breath = TimeSpan.FromMilliseconds(Profile.Number(20, 200)) });
            var cutter = new Cutter(desk, proxy, program, new(seed + i));
            for (var cut = 0; cut < CutsPerDesk; cut++)
            {
                var (phase, settled, unknown) = await cutter.CutOnceAsync(Phases[((i * CutsPerDesk) + cut) % Phases.Length]);
                counts.AddOrUpdate(phase, 1, (_, count) => count + 1);
                took.Add((settled, unknown));
            }
            program.Refused.ShouldBeEmpty($"seed {seed}");
            await desk.Books.ShouldAgreeWithAsync(desk.Venue, $"seed {seed}, {desk.Name}");
            await desk.Books.FillsShouldBeTheLegsAsync(desk.Venue.Short, VenueDesk.Leg, $"seed {seed}, {desk.Name}");
        }));
        var (longest, unknown) = (took.Max(one => one.Settled), took.Max(one => one.Unknown));
        output.WriteLine($"seed {seed}: {took.Count} cuts of {ShortestCut} to {LongestCut} ms ({string.Join(", ", counts.OrderBy(count => count.Key).Select(count => $"{count.Key} {count.Value}"))}): "
            + $"0 lost, 0 doubled; once the wire was whole again: unknown for at most {unknown.TotalSeconds:0.00} s, settled after at most {longest.TotalSeconds:0.00} s");
        took.Count.ShouldBe(Desks * CutsPerDesk);
        counts.Keys.ShouldBe(Phases, ignoreOrder: true, "each phase was cut");
        unknown.ShouldBeLessThanOrEqualTo(Promised, $"seed {seed}");
        longest.ShouldBeLessThanOrEqualTo(PromisedWhenUnderWay, $"seed {seed}");
        await StormBooks.AuditShouldBeWholeAsync(wire.App.Client, $"seed {seed}");
        wire.App.Rebuilt.ShouldBe((0, null));
    }

    /// <summary>One order, one cut.</summary>
    private sealed class Cutter(VenueDesk desk, FaultProxy proxy, ScriptedProgram program, Random random)
    {
        public async Task<(Phase Phase, TimeSpan Settled, TimeSpan Unknown)> CutOnceAsync(Phase phase)
        {
            var length = TimeSpan.FromMilliseconds(ShortestCut * Math.Pow(LongestCut / ShortestCut, random.NextDouble()));
            var isSilent = random.Next(3) == 0;
            var over = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            async Task CutAsync()
            {
                if (isSilent) proxy.FallSilent();
                else proxy.Cut();
                await Task.Delay(length); // the cut itself
                proxy.Mend();
                over.TrySetResult(Stopwatch.GetTimestamp());
            }

            Set(phase, CutAsync);
            var cutting = phase == Phase.BeforeTheSend ? CutAsync() : Task.CompletedTask;
            var order = await desk.OrderAsync();
            await cutting;
            var mended = await over.Task.WaitAsync(length + TimeSpan.FromSeconds(60));
            program.Placed = null;
            long? unknownSince = null;
            await desk.UntilAsync($"{order} is settled after {phase}", async () =>
            {
                var status = await desk.StatusAsync(order);
                if (status == "unknown") unknownSince ??= Stopwatch.GetTimestamp();
                return status is "filled" or "cancelled";
            });
            return (phase, Stopwatch.GetElapsedTime(mended), unknownSince is { } since ? Stopwatch.GetElapsedTime(since) : TimeSpan.Zero);
        }

        private void Set(Phase phase, Func<Task> cut)
        {
            switch (phase)
            {
                case Phase.MidHandOut: proxy.Trap(Towards.Client, "\"client_order_id\"", random.NextDouble(), cut); break;
                case Phase.BetweenSendAndAcknowledgement: program.Placed = _ => Once(cut); break;
                case Phase.MidAcknowledgement: proxy.Trap(Towards.Server, "\"accepted\"", random.NextDouble(), cut); break;
                case Phase.AcknowledgedButNotAnswered: proxy.Trap(Towards.Client, "\"taken\"", random.NextDouble(), cut); break;
                case Phase.MidFill: proxy.Trap(Towards.Server, "\"trade_id\"", random.NextDouble(), cut); break;
                case Phase.FilledButNotAnswered: proxy.Trap(Towards.Server, "\"trade_id\"", 1, cut); break;
            }
        }

        private void Once(Func<Task> cut)
        {
            program.Placed = null;
            _ = cut();
        }
    }
}
