using System.Collections;
using System.Globalization;
using System.Resources;
using QuantDash.Web.Configuration;

namespace QuantDash.Tests.Support;

/// <summary>The screen's texts: every type named …Text of QuantDash.Web names a table in two languages.</summary>
internal static class TextTables
{
    public static IEnumerable<TextTable> All() => typeof(RunFolders).Assembly.GetTypes()
        .Where(t => t.Name.EndsWith("Text", StringComparison.Ordinal) && t is { IsSealed: true, IsAbstract: false } && t.GetMembers().Length <= typeof(object).GetMembers().Length + 1)
        .Where(t => t.Assembly.GetManifestResourceNames().Contains(t.FullName + ".resources"))
        .Select(t => new TextTable(t, Read(t, CultureInfo.InvariantCulture), Read(t, CultureInfo.GetCultureInfo("zh-CN"))));

    private static Dictionary<string, string> Read(Type type, CultureInfo culture) =>
        new ResourceManager(type).GetResourceSet(culture, createIfNotExists: true, tryParents: false)?
            .Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string)e.Value!, StringComparer.Ordinal) ?? [];
}

internal sealed record TextTable(Type Type, IReadOnlyDictionary<string, string> English, IReadOnlyDictionary<string, string> Chinese)
{
    public IEnumerable<string> Keys => English.Keys;
}
