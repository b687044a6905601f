using System.Globalization;
using System.Text.Json;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;

namespace QuantDash.Web.Problems;

/// <summary>RFC 9457 problem details: <c>{type, title, status, detail, errors: {field: [sentence]}, codes: {field: [code]}}</c> in the caller's language.
/// The field name is empty for what concerns the whole request.</summary>
public sealed class ProblemAnswer : IResult
{
    public ProblemAnswer(ProblemKind kind, params IReadOnlyList<Problem> problems)
    {
        Kind = kind;
        Problems = problems;
    }

    public ProblemKind Kind { get; }

    public IReadOnlyList<Problem> Problems { get; }

    /// <summary>More members beside the fixed ones: the new numbers of a moved price, the id of a logged error.</summary>
    public IReadOnlyDictionary<string, object?> More { get; init; } = new Dictionary<string, object?>();

    public static ProblemAnswer Of(IReadOnlyList<Problem> problems) => new(ProblemKind.Of(problems), problems);

    public static ProblemAnswer Of(ProblemKind kind, string code, params IReadOnlyList<object?> values) => new(kind, new Problem("", code, values));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var language = RequestLanguage.Of(httpContext);
        httpContext.Response.StatusCode = Kind.Status;
        httpContext.Response.ContentType = "application/problem+json";
        httpContext.Response.Headers.ContentLanguage = language.Name;
        await JsonSerializer.SerializeAsync(httpContext.Response.Body, Body(language), ApiJson.Options, httpContext.RequestAborted);
    }

    /// <summary>The problem details themselves, for answers that do not travel over HTTP.</summary>
    public IReadOnlyDictionary<string, object?> Body(CultureInfo language)
    {
        var byField = Problems.GroupBy(p => p.Field, StringComparer.Ordinal).ToList();
        var body = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["type"] = "urn:quantdash:problem:" + Kind.Name,
            ["title"] = ProblemSentences.Title(Kind.Name, language),
            ["status"] = Kind.Status,
            ["detail"] = string.Join(' ', Problems.Take(5).Select(p => Sentence(p, language))),
            ["errors"] = byField.ToDictionary(g => g.Key, g => g.Select(p => ProblemSentences.Write(p, language)).Distinct().ToArray()),
            ["codes"] = byField.ToDictionary(g => g.Key, g => g.Select(p => p.Code).Distinct().ToArray()),
        };
        foreach (var (name, value) in More) body[name] = value;
        return body;
    }

    private static string Sentence(Problem problem, CultureInfo language) =>
        (problem.Field.Length == 0 ? "" : problem.Field + ": ") + ProblemSentences.Write(problem, language);
}
