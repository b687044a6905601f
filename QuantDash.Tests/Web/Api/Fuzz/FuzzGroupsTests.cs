using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Web.Api.Fuzz;

/// <summary>Whoever adds an address that writes adds it to the fuzzed ones.</summary>
[Trait(Profile.Reliability, "D5")]
public sealed partial class FuzzGroupsTests
{
    /// <summary>Every one that is taken copies the whole database.</summary>
    private static readonly string[] LeftOut = ["POST /api/backups"];

    [Fact]
    public void Addresses_ThatWrite_AreEachInAGroup()
    {
        using var rig = new ApiRig();
        var sent = FuzzGroups.All.Values.SelectMany(group => group).SelectMany(Sent).ToList();
        RoutingTable.Of(rig.Services.GetRequiredService<EndpointDataSource>())
            .Where(route => route.Method is "POST" or "PUT" or "DELETE" && route.Pattern.StartsWith("/api/", StringComparison.Ordinal))
            .Where(route => !sent.Any(one => one.Method == route.Method && Fits(route.Pattern, one.Path)))
            .Select(route => route.ToString().TrimEnd('/'))
            .ShouldBe(LeftOut, ignoreOrder: true);
    }

    private static IEnumerable<(string Method, string Path)> Sent(FuzzSeed seed)
    {
        yield return (seed.Method, seed.Path.Split('?')[0]);
        if (seed.Undo is { } undo) yield return undo.StartsWith("POST ", StringComparison.Ordinal) ? ("POST", undo[5..]) : ("DELETE", undo);
    }

    private static bool Fits(string pattern, string path) => Regex.IsMatch(path, "^" + Parameter().Replace(pattern, "[^/]+").TrimEnd('/') + "$", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
