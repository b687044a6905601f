using System.Text;
using System.Text.Json;

namespace QuantDash.Tests.Support;

/// <summary>JSON bodies as a program would send and read them.</summary>
internal static class Json
{
    public static StringContent Of(string json) => new(json, Encoding.UTF8, "application/json");

    public static async Task<JsonElement> ReadAsync(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
}
