using System.Globalization;
using QuantDash.Core.Engine;
using QuantDash.Core.Markets;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Replay;

/// <summary>Where a day is played: a source whose ticks are the clock, and a simulated account that hears it and nothing else. A clock never goes back, so a
/// day is played again on another stage.</summary>
public sealed class ReplayStage(TradingRuntime runtime, ITickArchive archive, IIdentitySource ids)
{
    private const string Name = "replay";
    private const decimal InitialBalance = 1_000_000m;

    /// <summary>The first stage that has not come to this day yet and is not <paramref name="busy"/>; made where there is none.</summary>
    public Task<Outcome<SourceName>> PrepareAsync(SourceName from, DateOnly day, IReadOnlyList<SourceName> busy)
    {
        var begin = archive.Days(from).Where(d => d.TradingDay == day).Min(d => archive.Read(d.Source, d.Symbol, d.TradingDay).Select(t => (DateTimeOffset?)t.OccurredAt).FirstOrDefault());
        return runtime.RunAsync((engine, now) =>
        {
            var snapshot = engine.Snapshot(now);
            // Ticks of a market that never closed are played as they were, and the demo's contracts have long expired.
            var always = snapshot.Sources.Any(s => s.Source.Name == from && s.Source.SessionsAlways);
            var free = snapshot.Sources.FirstOrDefault(s => IsStage(s.Source, always) && !busy.Contains(s.Source.Name) && (s.Clock is null || s.Clock < begin));
            if (free is not null) return Outcome<SourceName>.Success(free.Source.Name);
            var number = snapshot.Sources.Count(s => s.Source.Name.Value.StartsWith(Name, StringComparison.Ordinal)) + 1;
            return Make(engine, number, always, now);
        });
    }

    private Outcome<SourceName> Make(TradingEngine engine, int number, bool always, DateTimeOffset now)
    {
        var suffix = number == 1 ? "" : number.ToString(CultureInfo.InvariantCulture);
        var name = new SourceName(number == 1 ? Name : $"{Name}-{suffix}");
        var source = engine.CreateSource(new() { Name = name, Clock = SourceClock.Ticks, SessionsAlways = always, ExpiryNone = always, CreatedAt = now });
        if (!source.Succeeded) return Outcome<SourceName>.Failure(source.Problems);
        var account = new Account { Id = new(ids.Next()), Name = $"Replay {suffix}".Trim(), Venue = VenueKind.Simulated, Currency = Currency.Cny, Source = name, CreatedAt = now };
        var made = engine.CreateAccount(account, new Money(InitialBalance, Currency.Cny), now);
        return made.Succeeded ? Outcome<SourceName>.Success(name) : Outcome<SourceName>.Failure(made.Problems);
    }

    private static bool IsStage(Source source, bool always) =>
        source.Clock == SourceClock.Ticks && source.SessionsAlways == always && source.Name.Value.StartsWith(Name, StringComparison.Ordinal);
}
