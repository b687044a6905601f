using System.Xml.Linq;

namespace QuantDash.Tests.Mutations;

/// <summary>What a run of tests says of each of them: a run that breaks off, or that a build error kept from beginning, says nothing of those that did not run.</summary>
/// <param name="Outcomes">"Passed", "Failed" or "NotExecuted", by class and method; a theory has one for each of its cases.</param>
internal sealed record TestResults(ILookup<string, string> Outcomes)
{
    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    public static TestResults None { get; } = new(Array.Empty<(string Test, string Outcome)>().ToLookup(one => one.Test, one => one.Outcome));

    /// <summary>From a .trx file.</summary>
    public static TestResults Read(TextReader trx)
    {
        var run = XDocument.Load(trx).Root!;
        var names = run.Descendants(Trx + "UnitTest").ToDictionary(test => test.Attribute("id")!.Value, test => NameOf(test.Element(Trx + "TestMethod")!));
        return new(run.Descendants(Trx + "UnitTestResult").ToLookup(result => names[result.Attribute("testId")!.Value], result => result.Attribute("outcome")!.Value));
    }

    /// <summary>"red": it ran and failed. "green": it ran, all its cases. Else "not run".</summary>
    /// <param name="test">Class and method.</param>
    public string Of(string test)
    {
        var cases = Outcomes[test].ToList();
        if (cases.Contains("Failed")) return "red";
        return cases.Count > 0 && cases.TrueForAll(outcome => outcome == "Passed") ? "green" : "not run";
    }

    private static string NameOf(XElement method)
    {
        var (type, name) = (method.Attribute("className")!.Value, method.Attribute("name")!.Value);
        var cases = name.IndexOf('(', StringComparison.Ordinal);
        if (cases > 0) name = name[..cases];
        return $"{type[(type.LastIndexOf('.') + 1)..]}.{name[(name.LastIndexOf('.') + 1)..]}";
    }
}
