using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace QuantDash.Tests.Support;

/// <summary>The software bill of materials in docs/: every package in the program, with its version and, where it is known, its hash. CycloneDX 1.6.</summary>
internal static class PartsList
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string File => Path.Combine(TestData.RepositoryRoot, "docs", "sbom.cdx.json");

    /// <summary>From what the build resolved: the web project's packages and its scripts.</summary>
    public static string Text()
    {
        var components = new JsonArray([.. Packages().Concat(Scripts()).OrderBy(part => part["purl"]!.GetValue<string>(), StringComparer.Ordinal)]);
        return new JsonObject
        {
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.6",
            ["version"] = 1,
            ["metadata"] = new JsonObject { ["component"] = new JsonObject { ["type"] = "application", ["name"] = "QuantDash" } },
            ["components"] = components,
        }.ToJsonString(Format) + "\n";
    }

    public static int Write()
    {
        System.IO.File.WriteAllText(File, Text());
        Console.WriteLine(File);
        return 0;
    }

    private static IEnumerable<JsonObject> Packages()
    {
        using var assets = JsonDocument.Parse(System.IO.File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "QuantDash.Web", "obj", "project.assets.json")));
        foreach (var library in assets.RootElement.GetProperty("libraries").EnumerateObject().Where(library => library.Value.GetProperty("type").GetString() == "package"))
        {
            var (name, version) = (library.Name.Split('/')[0], library.Name.Split('/')[1]);
            yield return Component(name, version, $"pkg:nuget/{name}@{version}", Convert.ToHexStringLower(Convert.FromBase64String(library.Value.GetProperty("sha512").GetString()!)));
        }
    }

    private static IEnumerable<JsonObject> Scripts()
    {
        using var file = JsonDocument.Parse(System.IO.File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "QuantDash.Web", "package-lock.json")));
        foreach (var package in file.RootElement.GetProperty("packages").EnumerateObject().Where(package => package.Name.Length > 0))
        {
            var (name, version) = (package.Name["node_modules/".Length..], package.Value.GetProperty("version").GetString()!);
            var hash = Convert.FromBase64String(package.Value.GetProperty("integrity").GetString()!["sha512-".Length..]);
            yield return Component(name, version, $"pkg:npm/{name.Replace("@", "%40", StringComparison.Ordinal)}@{version}", Convert.ToHexStringLower(hash));
        }
    }

    private static JsonObject Component(string name, string version, string purl, string sha512) => new()
    {
        ["type"] = "library", ["name"] = name, ["version"] = version, ["purl"] = purl, ["hashes"] = new JsonArray(new JsonObject { ["alg"] = "SHA-512", ["content"] = sha512 }),
    };
}
