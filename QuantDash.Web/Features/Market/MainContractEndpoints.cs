using System.Globalization;
using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;

namespace QuantDash.Web.Features.Market;

/// <summary>Main contracts, and what a feed has to bring.</summary>
internal static class MainContractEndpoints
{
    public static void MapMainContracts(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api").RequireAuthorization(Scopes.Read).WithTags("Market");
        api.MapGet("main_contracts", ListAsync).WithSummary("Main contracts of all products with the days they count from, newest first").Produces<ListAnswer<MainContractAnswer>>();
        api.MapPost("main_contracts", SwitchAsync).RequireAuthorization(Scopes.Trade)
            .WithSummary("Makes a contract the main one of its product, today or from a later trading day on; watchers are moved to it, nothing held is left unwatched")
            .Takes<MainContractBody>().Produces<MainContractAnswer>(StatusCodes.Status201Created);
        api.MapGet("subscriptions", SubscriptionsAsync).WithSummary("Contracts that the feed of a source (?source=name) must bring, and why").Produces<ListAnswer<SubscriptionAnswer>>();
    }

    private static async Task<IResult> ListAsync(IMarketDesk desk, CancellationToken stop) =>
        Answers.Whole((await desk.ReadMainsAsync(stop)).All.OrderByDescending(m => m.EffectiveFrom).ThenBy(m => m.Symbol).Select(m => MainContractAnswer.Of(m, desk)));

    private static async Task<IResult> SwitchAsync(HttpContext context, IMarketDesk desk)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        body.Require("symbol");
        var symbol = body.Text("symbol", 64);
        var from = body.Text("effective_from", 10);
        var day = DateOnly.TryParseExact(from, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? read : (DateOnly?)null;
        if (from is not null && day is null) body.Refuse("effective_from", "not_a_day", from);
        var follows = body.Flag("follows") ?? false;
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        return Answers.Created(await desk.SwitchAsync(symbol!, day, follows), _ => "/api/main_contracts", main => MainContractAnswer.Of(main, desk));
    }

    private static async Task<IResult> SubscriptionsAsync(HttpContext context, IMarketDesk desk, IWatchLists lists, EngineReads reads, CancellationToken stop)
    {
        var query = new QueryFields(context.Request.Query);
        var name = query.Text("source");
        if (name is null) query.Refuse("source", "required");
        else if (!SourceName.IsValid(name)) query.Refuse("source", "not_a_source_name", name);
        if (query.Problems.Count > 0) return ProblemAnswer.Of(query.Problems);
        var snapshot = await reads.SnapshotAsync(stop);
        if (!snapshot.Sources.Any(s => s.Source.Name.Value == name)) return ProblemAnswer.Of([new Problem("source", "unknown_source", name)]);
        var wanted = Subscriptions.Of(snapshot, new(name!), await desk.ReadMainsAsync(stop), await lists.AllAsync(stop), desk.TradingDayOf);
        return Answers.Whole(wanted.Select(w => new SubscriptionAnswer(w.Symbol.ToString(), w.Reasons)));
    }
}

/// <param name="EffectiveFrom">yyyy-MM-dd, a trading day not before today's; today's without it.</param>
/// <param name="Follows">The next main contract is chosen by open interest, without asking.</param>
public sealed record MainContractBody(string Symbol, string? EffectiveFrom = null, bool Follows = false);

/// <param name="ChosenBy">Empty: chosen by open interest.</param>
/// <param name="InForce">False: it was before, or will be.</param>
public sealed record MainContractAnswer(string Exchange, string Product, string Symbol, DateOnly EffectiveFrom, bool Follows, string ChosenBy, DateTimeOffset ChosenAt, bool InForce)
{
    public static MainContractAnswer Of(MainContract main, IMarketDesk desk) => new(
        main.Exchange, main.Product, main.Symbol.ToString(), main.EffectiveFrom, main.Follows, main.ChosenBy, main.ChosenAt,
        desk.Mains.On(main.Exchange, main.Product, desk.TradingDayOf(main.Exchange, main.Product)) is { } now && (now.Symbol, now.EffectiveFrom) == (main.Symbol, main.EffectiveFrom));
}

public sealed record SubscriptionAnswer(string Symbol, IReadOnlyList<SubscriptionReason> Reasons);
