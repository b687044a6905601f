using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Locking;

public sealed class LockVolumeTests
{
    [Theory]
    [InlineData(10, 0.8, 0, 1, 8)]
    [InlineData(7, 0.5, 0, 1, 3)]
    [InlineData(10, 1, 0, 1, 10)]
    [InlineData(1, 0.3, 0, 1, 1)]
    [InlineData(10, 0.8, 5, 1, 3)]
    [InlineData(10, 0.8, 9, 1, 0)]
    [InlineData(0.015, 0.5, 0, 0.005, 0.005)]
    [InlineData(10, 0.29, 0, 1, 2)]
    public void Wanted_FloorsToTheStep_AtLeastOneLessWhatIsDone(double leg, double ratio, double done, double step, double expected) =>
        LockVolume.Wanted(new Volume((decimal)leg), new Ratio((decimal)ratio), new Volume((decimal)done), (decimal)step).Value.ShouldBe((decimal)expected);

    [Theory]
    [InlineData(10, 0, 0, 0, 10)]
    [InlineData(10, 4, 0, 0, 6)]
    [InlineData(10, 4, 3, 2, 1)]
    [InlineData(10, 12, 0, 0, 0)]
    [InlineData(10, 8, 3, 0, 0)]
    public void Lockable_LeavesWhatIsTaken_NeverBelowZero(decimal leg, decimal opposite, decimal beingLocked, decimal closing, decimal expected) =>
        LockVolume.Lockable(new Volume(leg), new Volume(opposite), new Volume(beingLocked), new Volume(closing)).Value.ShouldBe(expected);

    /// <summary>Whatever fires, in whatever order: firings of one rule together never exceed floor(leg × ratio), and no lock raises |net|.</summary>
    [Fact]
    public void Wanted_RepeatedFirings_NeverExceedTheRatio()
    {
        for (var seed = 1; seed <= 5_000; seed++)
        {
            var random = new Random(seed);
            var leg = new Volume(random.Next(1, 200));
            var ratio = new Ratio(random.Next(1, 101) / 100m);
            var (done, opposite) = (Volume.Zero, new Volume(random.Next(0, 50)));
            for (var firing = 0; firing < 5; firing++)
            {
                var locks = Volume.Min(LockVolume.Wanted(leg, ratio, done, 1m), LockVolume.Lockable(leg, opposite, Volume.Zero, Volume.Zero));
                var net = Math.Abs(leg.Value - opposite.Value);
                opposite += locks;
                done += locks;
                Math.Abs(leg.Value - opposite.Value).ShouldBeLessThanOrEqualTo(net, $"seed {seed}");
            }
            done.Value.ShouldBeLessThanOrEqualTo(Math.Max(1, Math.Floor(leg.Value * ratio.Value)), $"seed {seed}");
        }
    }
}
