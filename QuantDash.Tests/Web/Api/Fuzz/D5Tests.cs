using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using QuantDash.Tests.Support;
using Xunit.Abstractions;

namespace QuantDash.Tests.Web.Api.Fuzz;

/// <summary>RELIABILITY.md D5: whatever is sent, no answer is 500 or shows our insides, and what is refused changes nothing. A failure prints the request and its seed. The groups are
/// shared among classes, so that they run side by side.</summary>
public abstract partial class D5Runs(ITestOutputHelper output)
{
    private static readonly int Requests = Profile.Number("QUANTDASH_FUZZ", 3_000, 100_000);
    private static readonly int Seed = Profile.Number("QUANTDASH_SEED", 20_261_122, Environment.TickCount);

    protected async Task RunAsync(string group)
    {
        using var rig = await FuzzRig.StartAsync();
        var random = new Random(Seed);
        var mutator = new BodyMutator(random);
        var seeds = FuzzGroups.All[group].SelectMany(seed => Enumerable.Repeat(seed, seed.Weight)).ToList();
        var good = seeds.Where(seed => seed.IsAccepted).ToList();
        var (taken, refused) = (0, new List<FuzzRequest>());
        var (statuses, times) = (new SortedDictionary<int, int>(), new List<double>(Requests));
        var requests = group == "lists" ? Requests / 4 : Requests; // Reading writes nothing, whatever is asked.
        for (var i = 0; i < requests; i++)
        {
            var isAsItIs = random.Next(4) == 0;
            var request = rig.RequestOf(isAsItIs ? good[random.Next(good.Count)] : seeds[random.Next(seeds.Count)]);
            if (!isAsItIs) request = mutator.Mutate(request);
            var began = Stopwatch.GetTimestamp();
            var before = rig.Witness.Commits();
            var answer = await rig.SendAsync(request);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            statuses[(int)answer.Status] = statuses.GetValueOrDefault((int)answer.Status) + 1;
            Check(answer, request, i);
            if ((int)answer.Status < 300)
            {
                if (!request.IsMutated) taken++;
                await rig.UndoAsync(request, answer.Body);
                continue;
            }

            isAsItIs.ShouldBeFalse($"{request}\n{answer.Status} {answer.Body}");
            refused.Add(request);
            if (rig.Witness.Commits() != before) await MustNotWriteAsync(rig, request);
        }

        times.Sort();
        output.WriteLine($"{group}, seed {Seed}: {requests} requests, {taken} taken as they were; {string.Join(", ", statuses.Select(s => $"{s.Key}: {s.Value}"))}; p50 {times[times.Count / 2]:0.00} ms, p99 {times[times.Count * 99 / 100]:0.00} ms");
        taken.ShouldBeGreaterThanOrEqualTo(requests / 5);
        refused.Count.ShouldBeGreaterThan(group == "lists" ? requests / 15 : requests / 5); // Many lists take no question, and refuse none.
        await MustLeaveEveryTableAsync(rig, [.. Enumerable.Range(0, 300).Select(_ => refused[random.Next(refused.Count)])]);
    }

    /// <summary>Somebody else may have written in that moment, a loop of ours: sent again, it must once go by with nothing written.</summary>
    private static async Task MustNotWriteAsync(FuzzRig rig, FuzzRequest request)
    {
        for (var attempt = 0; attempt < 40; attempt++)
        {
            await Task.Delay(attempt * 2);
            var before = rig.Witness.Commits();
            var hashes = attempt < 5 ? [] : await rig.Witness.HashesAsync(); // A refused report is told on the tape, each time: then only the tables can say.
            if ((int)(await rig.SendAsync(request)).Status < 300 || rig.Witness.Commits() == before) return;
            if (attempt >= 5 && (await rig.Witness.HashesAsync()).SequenceEqual(hashes)) return;
        }

        Assert.Fail($"Refused, and yet something is written each time: {request}");
    }

    private static async Task MustLeaveEveryTableAsync(FuzzRig rig, List<FuzzRequest> refused)
    {
        for (var attempt = 0; ; attempt++)
        {
            attempt.ShouldBeLessThan(50, "nothing but refusals is sent, and the tables change");
            await Task.Delay(100);
            var before = await rig.Witness.HashesAsync();
            var taken = new List<FuzzRequest>();
            foreach (var request in refused)
                if ((int)(await rig.SendAsync(request)).Status < 300) taken.Add(request);
            var after = await rig.Witness.HashesAsync();
            if (taken.Count == 0 && after.SequenceEqual(before)) return;
            refused.RemoveAll(taken.Contains); // Refused then, and taken as things stand now: it may write.
            refused.Count.ShouldBeGreaterThan(100);
        }
    }

    private static void Check((HttpStatusCode Status, string? Type, string Body) answer, FuzzRequest request, int index)
    {
        ((int)answer.Status).ShouldBeLessThan(500, $"seed {Seed}, request {index}: {request}\n{answer.Body}");
        Insides().IsMatch(answer.Body).ShouldBeFalse($"seed {Seed}, request {index}: {request}\n{answer.Body}");
        if ((int)answer.Status >= 400) answer.Type.ShouldBe("application/problem+json", $"{answer.Status} to {request}");
    }

    [GeneratedRegex(@"\n\s+at [A-Z]\w+\.|System\.[A-Z]\w+Exception|SqliteException|StackTrace")]
    private static partial Regex Insides();
}

/// <summary>What trades.</summary>
[Trait(Profile.Reliability, "D5")]
public sealed class D5Tests(ITestOutputHelper output) : D5Runs(output)
{
    [Theory]
    [InlineData("rules")]
    [InlineData("locks")]
    [InlineData("orders")]
    [InlineData("ticks")]
    [InlineData("strategies")]
    public Task Requests_Fuzzed_AreNeverAnErrorOfOurs_AndRefusedOnesChangeNothing(string group) => RunAsync(group);

    /// <summary>A group that no class runs is a claim without a test.</summary>
    [Fact]
    public void Groups_AreEachRunOnce() =>
        new[] { typeof(D5Tests), typeof(D5DeskTests), typeof(D5PeopleTests) }
            .SelectMany(type => type.GetMethods().SelectMany(method => method.GetCustomAttributesData().Where(data => data.AttributeType == typeof(InlineDataAttribute))))
            .Select(data => (string)((IEnumerable<System.Reflection.CustomAttributeTypedArgument>)data.ConstructorArguments[0].Value!).First().Value!)
            .ShouldBe(FuzzGroups.All.Keys, ignoreOrder: true);
}

/// <summary>What tells of money and positions, and the machine.</summary>
[Trait(Profile.Reliability, "D5")]
public sealed class D5DeskTests(ITestOutputHelper output) : D5Runs(output)
{
    [Theory]
    [InlineData("accounts")]
    [InlineData("account")]
    [InlineData("facts")]
    [InlineData("system")]
    public Task Requests_Fuzzed_AreNeverAnErrorOfOurs_AndRefusedOnesChangeNothing(string group) => RunAsync(group);
}

/// <summary>People, their messages, and what is only read.</summary>
[Trait(Profile.Reliability, "D5")]
public sealed class D5PeopleTests(ITestOutputHelper output) : D5Runs(output)
{
    [Theory]
    [InlineData("market")]
    [InlineData("people")]
    [InlineData("channels")]
    [InlineData("lists")]
    public Task Requests_Fuzzed_AreNeverAnErrorOfOurs_AndRefusedOnesChangeNothing(string group) => RunAsync(group);
}
