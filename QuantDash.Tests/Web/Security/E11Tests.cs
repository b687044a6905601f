using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Web.Security;

/// <summary>RELIABILITY.md E11: what we are made of. One version of each package, written down; the list of parts is what is built; and the running program speaks to nobody.</summary>
[Trait(Profile.Reliability, "E11")]
[Collection(OneAtATime.Name)]
public sealed class E11Tests
{
    [Fact]
    public void Packages_HaveOneExactVersionEach_WrittenInOnePlace()
    {
        var central = XDocument.Load(Path.Combine(TestData.RepositoryRoot, "Directory.Packages.props"));
        var versions = central.Descendants("PackageVersion").Select(package => (Id: (string)package.Attribute("Include")!, Version: (string)package.Attribute("Version")!)).ToList();
        versions.Count.ShouldBeGreaterThan(20);
        versions.Where(package => !package.Version.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-')).ShouldBeEmpty("a floating version is another program tomorrow");
        foreach (var project in Directory.GetFiles(TestData.RepositoryRoot, "*.csproj", SearchOption.AllDirectories).Where(file => !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal)))
            XDocument.Load(project).Descendants("PackageReference").Where(package => package.Attribute("Version") is not null && !project.Contains("/build/", StringComparison.Ordinal)).ShouldBeEmpty(project);
    }

    [Theory]
    [InlineData("QuantDash.Web")]
    [InlineData("QuantDash.Tests")]
    public void Scripts_AreLockedByTheirHash(string project)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(TestData.RepositoryRoot, project, "package-lock.json")));
        var packages = file.RootElement.GetProperty("packages").EnumerateObject().Where(package => package.Name.Length > 0).ToList();
        packages.Count.ShouldBeGreaterThan(0);
        packages.ShouldAllBe(package => package.Value.GetProperty("integrity").GetString()!.StartsWith("sha512-"));
    }

    /// <summary>CycloneDX, of what the program was built with; `dotnet run --project QuantDash.Tests -- sbom` writes it.</summary>
    [Fact]
    public void ListOfParts_IsWhatTheProgramIsBuiltOf()
    {
        var written = File.ReadAllText(PartsList.File);
        written.ShouldBe(PartsList.Text(), "docs/sbom.cdx.json is not of this build: write it again with `dotnet run -c Release --project QuantDash.Tests -- sbom`");
        using var list = JsonDocument.Parse(written);
        list.RootElement.GetProperty("components").EnumerateArray().Select(part => part.GetProperty("name").GetString()).ShouldContain("plotly.js-dist-min");
    }

    /// <summary>With the demo, looked at again and again: every connection it holds is to this machine.</summary>
    [Fact]
    public async Task Program_WhileItRuns_SpeaksToNobodyOutside()
    {
        await using var app = await AppProcess.StartAsync(new Dictionary<string, string>(TradingClient.Settings()) { ["QuantDash__Demo"] = "true" });
        var client = TradingClient.Of(app);
        var looks = 0;
        await TradingClient.EventuallyAsync(
            async () =>
            {
                foreach (var remote in Remotes(app.ProcessId)) IPAddress.IsLoopback(remote).ShouldBeTrue($"speaks to {remote}");
                looks++;
                return (await client.ItemsAsync("api/positions")).Count;
            },
            positions => positions > 0 && looks >= 60);
        looks.ShouldBeGreaterThanOrEqualTo(60);
    }

    /// <summary>The far ends of its TCP connections, as the kernel tells; a name server would be asked over UDP.</summary>
    private static IEnumerable<IPAddress> Remotes(int process)
    {
        var own = Directory.GetFiles($"/proc/{process}/fd").Select(LinkOf).Where(link => link.StartsWith("socket:[", StringComparison.Ordinal)).Select(link => link["socket:[".Length..^1]).ToHashSet();
        return from table in (string[])["tcp", "tcp6", "udp", "udp6"]
               from line in File.ReadLines($"/proc/{process}/net/{table}").Skip(1)
               let columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
               where own.Contains(columns[9])
               let remote = AddressOf(columns[2].Split(':')[0])
               where !remote.Equals(IPAddress.Any) && !remote.Equals(IPAddress.IPv6Any)
               select remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote;
    }

    private static string LinkOf(string descriptor)
    {
        try
        {
            return File.ResolveLinkTarget(descriptor, false)?.FullName.Split('/')[^1] ?? "";
        }
        catch (IOException)
        {
            return ""; // Closed between the list and the look.
        }
    }

    private static IPAddress AddressOf(string hex)
    {
        var bytes = Convert.FromHexString(hex);
        for (var word = 0; word < bytes.Length; word += 4) Array.Reverse(bytes, word, 4);
        return new(bytes);
    }
}
