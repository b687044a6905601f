using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using QuantDash.Core.Engine;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Bridge;

/// <summary>Messages of a trader's program that do not come as requests of their own: the bodies of the HTTP interface, told apart by the one field that only they have
/// (<c>positions</c>, <c>trades</c>, <c>balance</c>, <c>ticks</c>; else they are reports), and answered with what HTTP would have answered.</summary>
public sealed class BridgeMessages(TradingRuntime runtime, EngineReads reads, VenueFacts facts)
{
    /// <param name="account">The program's account; a message may name it, and no other.</param>
    /// <param name="message">JSON.</param>
    /// <param name="language">Of the sentences.</param>
    /// <param name="stop">Gives up waiting.</param>
    public async Task<MessageAnswer> AnswerAsync(AccountId account, ReadOnlyMemory<byte> message, CultureInfo language, CancellationToken stop)
    {
        try
        {
            JsonBody.RequireUtf8(message.Span);
            using var document = JsonDocument.Parse(message, new JsonDocumentOptions { MaxDepth = JsonBody.DeepestNesting });
            return await AnswerAsync(account, document.RootElement, language, stop);
        }
        catch (JsonException error)
        {
            return Answer(new ReportsTaken(0, [], [error.Message]), error.Message);
        }
        catch (ProblemException error)
        {
            return Answer(error.Answer.Body(language), error.Message);
        }
    }

    private async Task<MessageAnswer> AnswerAsync(AccountId account, JsonElement message, CultureInfo language, CancellationToken stop)
    {
        if (message.ValueKind != JsonValueKind.Object || message.TryGetProperty("client_order_id", out _)) return await ReportAsync(account, message, language, stop);
        var body = JsonFields.Root(message);
        var snapshot = await reads.SnapshotAsync(stop);
        var view = snapshot.Accounts.First(known => known.Account.Id == account);
        if (body.HasValue("account_id") && body.Account(snapshot) is { } named && named != view) body.Refuse("account_id", "not_your_account", named.Account.Name);
        var answer = await FactAsync(body, message, snapshot, view, language, stop);
        if (body.Text("request_id") is { } id) answer.Body["request_id"] = id;
        return answer;
    }

    private async Task<MessageAnswer> FactAsync(JsonFields body, JsonElement message, EngineSnapshot snapshot, AccountView view, CultureInfo language, CancellationToken stop)
    {
        if (message.TryGetProperty("positions", out _)) return Answer(await facts.TakePositionsAsync(body, snapshot, view, stop), language);
        if (message.TryGetProperty("trades", out _)) return Answer(await facts.TakeTradesAsync(body, snapshot, view, stop), language);
        if (message.TryGetProperty("balance", out _)) return Answer(await facts.TakeFundsAsync(body, view, stop), language);
        if (message.TryGetProperty("ticks", out var ticks)) return Answer(await facts.PushTicksAsync(body, ticks, snapshot, view, stop), language);
        return await ReportAsync(view.Account.Id, message, language, stop);
    }

    private async Task<MessageAnswer> ReportAsync(AccountId account, JsonElement message, CultureInfo language, CancellationToken stop)
    {
        var (reports, problems) = ReportReader.Read(message);
        var taken = await runtime.RunAsync((engine, now) => engine.TakeReports(account, reports, now), stop);
        if (!taken.Succeeded) return Refused(taken.Problems, language);
        IReadOnlyList<string> sentences = [.. problems.Select(problem => Sentence(problem, language))];
        return Answer(new ReportsTaken(taken.Value.Taken, [.. taken.Value.UnknownIds.Select(id => id.Value)], sentences), sentences.Count > 0 ? string.Join(' ', sentences) : null);
    }

    private static MessageAnswer Answer<T>(Outcome<T> outcome, CultureInfo language)
        where T : class
        => outcome.Succeeded ? Answer(outcome.Value, null) : Refused(outcome.Problems, language);

    private static MessageAnswer Refused(IReadOnlyList<Problem> problems, CultureInfo language) =>
        Answer(ProblemAnswer.Of(problems).Body(language), string.Join(' ', problems.Select(problem => Sentence(problem, language))));

    private static MessageAnswer Answer<T>(T answer, string? problem) => new((JsonObject)JsonSerializer.SerializeToNode(answer, ApiJson.Options)!, problem);

    private static string Sentence(Problem problem, CultureInfo language) => $"{problem.Field}: {ProblemSentences.Write(problem, language)}";

    /// <param name="Problems">Reports that could not be read; the others were taken.</param>
    private sealed record ReportsTaken(int Taken, IReadOnlyList<string> UnknownIds, IReadOnlyList<string> Problems);
}

/// <param name="Body">As HTTP would have answered it, with the message's <c>request_id</c>.</param>
/// <param name="Problem">What was wrong, in a sentence; null: all of it was taken.</param>
public sealed record MessageAnswer(JsonObject Body, string? Problem);
