using System.Text.Json;

namespace QuantDash.Web.Cli;

/// <summary>A plan of an emergency stop as lines of text.</summary>
internal static class EmergencyPrint
{
    public static async Task PlanAsync(JsonElement plan)
    {
        foreach (var account in plan.GetProperty("accounts").EnumerateArray())
        {
            await Console.Out.WriteLineAsync($"{account.GetProperty("name").GetString()}: {account.GetProperty("cancels").GetArrayLength()} orders cancelled, margin {account.GetProperty("margin_before")} -> {account.GetProperty("margin_after")}");
            foreach (var step in account.GetProperty("steps").EnumerateArray()) await Console.Out.WriteLineAsync(Line(step));
        }
    }

    private static string Line(JsonElement step)
    {
        var blocked = Text(step, "blocked") is { } why ? $" NOT DONE NOW: {why}" : "";
        return $"  {Text(step, "symbol")} {Text(step, "kind")} {Text(step, "leg") ?? "both"} {step.GetProperty("volume")}{blocked}";
    }

    private static string? Text(JsonElement step, string name) => step.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
