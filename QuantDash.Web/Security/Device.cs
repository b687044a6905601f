namespace QuantDash.Web.Security;

/// <summary>What a browser says it is, short enough for its owner to recognise.</summary>
public static class Device
{
    public const int Longest = 64;
    private static readonly (string Mark, string Name)[] Browsers = [("Edg", "Edge"), ("OPR/", "Opera"), ("MicroMessenger", "WeChat"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("CriOS/", "Chrome"), ("Safari/", "Safari")];
    private static readonly (string Mark, string Name)[] Systems = [("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Mac OS X", "macOS"), ("Linux", "Linux")];

    public static string Of(string userAgent)
    {
        var parts = new[] { Named(Browsers, userAgent), Named(Systems, userAgent) }.OfType<string>().ToList();
        if (parts.Count > 0) return string.Join(" · ", parts);
        var plain = new string([.. userAgent.Where(c => c is >= ' ' and <= '~').Take(Longest)]);
        return plain.Length == 0 ? "?" : plain;
    }

    private static string? Named((string Mark, string Name)[] known, string userAgent) => known.FirstOrDefault(k => userAgent.Contains(k.Mark, StringComparison.Ordinal)).Name;
}
