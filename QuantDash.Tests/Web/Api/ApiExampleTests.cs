using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using QuantDash.Tests.Support;
using QuantDash.Web.Api;

namespace QuantDash.Tests.Web.Api;

/// <summary>The document says of every operation what it does, shows what is sent and what comes back, and how it says no. With QUANTDASH_RECORD_EXAMPLES=1 the examples are written anew.</summary>
public sealed class ApiExampleTests
{
    /// <summary>Codes of a body that was written wrong; what is told of one that is right at the wrong time is another matter.</summary>
    private static readonly string[] WrongShape =
    [
        "required", "not_text", "bad_text", "not_a_number", "not_an_integer", "not_a_boolean", "not_a_time", "not_a_day", "not_allowed", "not_an_object", "not_an_array", "duplicate_field", "too_long", "out_of_range", "off_tick", "off_step",
        "unknown_symbol", "invalid_symbol", "not_positive", "negative", "not_an_id",
    ];

    private static readonly JsonSerializerOptions Readable = new(ApiJson.Options) { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly Dictionary<string, string> _names = [];
    private readonly Dictionary<string, ApiExample> _recorded = [];

    [Fact]
    public async Task Examples_AreWhatTheApiTakesAndTells()
    {
        using var rig = new ApiRig();
        foreach (var step in ExampleSteps.All) await TakeAsync(rig, step);
        if (Requirements.Variable("QUANTDASH_RECORD_EXAMPLES") is not null) Write();
        foreach (var (operation, now) in _recorded)
        {
            var kept = ApiExamples.Find(operation).ShouldNotBeNull($"{operation}: run once with QUANTDASH_RECORD_EXAMPLES=1");
            ShapeOf(kept.Request).ShouldBe(ShapeOf(now.Request), $"{operation}: what is sent changed, record it again");
            FieldsOf(kept.Response).ShouldBe(FieldsOf(now.Response), ignoreOrder: true, $"{operation}: what comes back changed, record it again");
        }
    }

    [Fact]
    public async Task Document_HasForEveryOperationASummaryExamplesAndProblems()
    {
        using var rig = new ApiRig();
        var document = (await rig.GetAsync("/openapi/v1.json")).Body;
        var missing = new List<string>();
        var count = 0;
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                count++;
                missing.AddRange(MissingIn(operation.Value, operation.Name, path.Name).Select(what => $"{operation.Name.ToUpperInvariant()} {path.Name}: {what}"));
            }
        }

        count.ShouldBeGreaterThan(90);
        missing.ShouldBeEmpty();
    }

    private static IEnumerable<string> MissingIn(JsonElement operation, string method, string path)
    {
        if (!operation.TryGetProperty("summary", out var summary) || summary.GetString()!.Length < 5) yield return "summary";
        if (operation.TryGetProperty("requestBody", out var body) && !body.GetProperty("content").EnumerateObject().Any(media => media.Value.TryGetProperty("example", out _))) yield return "example of a request";
        var answers = operation.GetProperty("responses");
        var good = answers.EnumerateObject().First(answer => answer.Name[0] == '2');
        if (good.Name != "204" && !(good.Value.TryGetProperty("content", out var content) && content.EnumerateObject().Any(media => media.Value.TryGetProperty("example", out _)))) yield return "example of an answer";
        if (path == "/health") yield break;
        string[] wanted = method == "get" ? ["401", "403", "422", "429"] : ["400", "401", "403", "409", "415", "422", "429"];
        foreach (var status in wanted)
            if (!answers.TryGetProperty(status, out var problem) || !problem.GetProperty("content").TryGetProperty("application/problem+json", out var media) || !media.TryGetProperty("example", out _)) yield return status;
    }

    private async Task TakeAsync(ApiRig rig, ExampleStep step)
    {
        var (path, body) = (Filled(step.Path), step.Body is null ? null : Filled(step.Body));
        var isText = body is not null && body[0] is not ('{' or '[');
        using var request = new HttpRequestMessage(new(step.Method), path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, isText ? "text/csv" : "application/json");
        using var answer = await rig.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Accept(step, answer, text);
        if (answer.StatusCode == HttpStatusCode.Created) (await rig.GetAsync(answer.Headers.Location!.ToString())).Status.ShouldBe(HttpStatusCode.OK, $"{step.Operation} names {answer.Headers.Location}");
        foreach (var capture in step.Capture?.Split(',') ?? []) _names[capture.Split('=')[0]] = Part(JsonNode.Parse(text), capture.Split('=')[1])!.GetValue<string>();
        if (step.Operation is null) return;
        var sent = body is null ? null : isText ? JsonValue.Create(body) : JsonNode.Parse(body);
        var query = path.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? path[at..] : null;
        _recorded[step.Operation] = ExampleOf(step, answer, text) with { Request = sent, Query = query };
    }

    private static void Accept(ExampleStep step, HttpResponseMessage answer, string text)
    {
        if (step is { Answer: null, Raw: null }) ((int)answer.StatusCode).ShouldBeInRange(200, 299, $"{step.Method} {step.Path}: {text}");
        answer.StatusCode.ShouldNotBeOneOf([HttpStatusCode.BadRequest, HttpStatusCode.UnsupportedMediaType, HttpStatusCode.InternalServerError, HttpStatusCode.MethodNotAllowed]);
        if (answer.StatusCode != HttpStatusCode.UnprocessableEntity) return;
        ApiRig.Codes(JsonDocument.Parse(text).RootElement).Select(code => code.Split(' ')[^1]).ShouldAllBe(code => !WrongShape.Contains(code), $"{step.Operation}: {text}");
    }

    private ApiExample ExampleOf(ExampleStep step, HttpResponseMessage answer, string text)
    {
        const string json = "application/json";
        if (step.Raw is "") return new(null, null, 204, null, null);
        if (step.Raw is { } raw && raw[0] is not ('{' or '[')) return new(null, null, 200, step.Path.EndsWith(".html", StringComparison.Ordinal) ? "text/html" : "text/csv", JsonValue.Create(raw));
        if (step.Raw is { } told) return new(null, null, StatusOf(step.Operation), json, JsonNode.Parse(told));
        if (step.Answer is { } other)
        {
            var part = other.Split(' ', 3);
            var from = _recorded[$"{part[0]} {part[1]}"].Response;
            return new(null, null, 200, json, (part.Length == 3 ? Part(from, part[2]) : from)!.DeepClone());
        }

        if (text.Length == 0) return new(null, null, (int)answer.StatusCode, null, null);
        var type = answer.Content.Headers.ContentType!.MediaType!;
        return new(null, null, (int)answer.StatusCode, type, type == json ? Short(JsonNode.Parse(text)!) : JsonValue.Create(string.Join('\n', text.Split('\n').Take(2))));
    }

    private static int StatusOf(string? operation) => operation switch
    {
        "POST /api/replays" or "POST /api/backtests" => 201,
        "POST /api/lock/backtest" or "POST /api/lock/backtest/preview" or "POST /api/lock/backtest/sweep" => 202,
        _ => 200,
    };

    /// <summary>One of a list is enough to see what they are; a key that opens something is nobody's example.</summary>
    private static JsonNode Short(JsonNode answer)
    {
        if (answer is not JsonObject fields) return answer;
        foreach (var items in fields.Select(field => field.Value).OfType<JsonArray>()) while (items.Count > 1) items.RemoveAt(items.Count - 1);
        if (fields.ContainsKey("key")) fields["key"] = "qd_…";
        if (fields.ContainsKey("set_up_path")) fields["set_up_path"] = "/setup?token=…";
        return answer;
    }

    private static JsonNode? Part(JsonNode? node, string path) =>
        path.Split('.').Aggregate(node, (part, name) => int.TryParse(name, System.Globalization.CultureInfo.InvariantCulture, out var index) ? part![index] : part![name]);

    private string Filled(string text) => _names.Aggregate(text, (filled, name) => filled.Replace($"{{{name.Key}}}", name.Value, StringComparison.Ordinal));

    private static List<string> FieldsOf(JsonNode? node) => node is JsonObject fields ? [.. fields.Select(field => field.Key)] : [];

    /// <summary>The body without the ids of this run.</summary>
    private static string ShapeOf(JsonNode? node) => node is null ? "" : System.Text.RegularExpressions.Regex.Replace(node.ToJsonString(), "[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{16,64}", "…", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5));

    private void Write()
    {
        var sorted = new SortedDictionary<string, ApiExample>(_recorded, StringComparer.Ordinal);
        File.WriteAllText(Path.Combine(TestData.RepositoryRoot, "QuantDash.Web", "Api", "Examples.json"), JsonSerializer.Serialize(sorted, Readable) + "\n");
    }
}
