using System.Globalization;
using System.Security.Cryptography;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;
using QuantDash.Tests.Support;
using QuantDash.Web.Configuration;
using QuantDash.Web.Problems;

namespace QuantDash.Tests.Web.Adapters.Strategies;

/// <summary>What the folder says about each file in it. Every look is a real process.</summary>
public sealed class UserStrategiesTests
{
    [Fact]
    public async Task File_WithAStrategy_IsListedWithItsVersionAndParameters()
    {
        using var folder = new UserStrategyFolder();
        var path = await folder.AddAsync("Mine", UserStrategySources.Good);

        var file = (await folder.LookAsync()).ShouldHaveSingleItem();

        file.Problem.ShouldBeNull();
        (file.File, file.Version).ShouldBe(("Mine.dll", Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(path)))));
        var definition = file.Definitions.ShouldHaveSingleItem();
        (definition.Name, definition.Description, definition.Version).ShouldBe(("my-strategy", "For tests: my-strategy.", file.Version));
        definition.Parameters.ShouldHaveSingleItem().ShouldBe(new IntegerParameter("every", 2, 100, 10, "Bars between two purchases.") { Unit = "bars" });
        definition.WarmUpBars(definition.Bind([]).Value).ShouldBe(2);
    }

    [Fact]
    public async Task Values_AreCheckedHereAndByTheStrategy()
    {
        using var folder = new UserStrategyFolder();
        await folder.AddAsync("Mine", UserStrategySources.Good);
        var definition = await folder.DefinitionAsync("my-strategy");

        definition.Bind([KeyValuePair.Create("every", "1")]).Problems.ShouldHaveSingleItem().Code.ShouldBe("parameter_out_of_range");
        var refused = definition.Bind([KeyValuePair.Create("every", "99")]).Problems.ShouldHaveSingleItem();
        (refused.Field, Sentence(refused)).ShouldBe(("every", "The strategy refuses these values: 99 brings bad luck "));
    }

    [Fact]
    public async Task File_ThatIsReplaced_IsLookedIntoAgain()
    {
        using var folder = new UserStrategyFolder();
        await folder.AddAsync("Mine", UserStrategySources.Good);
        var first = await folder.LookAsync();
        (await folder.LookAsync())[0].ShouldBeSameAs(first[0]);
        await folder.AddAsync("Mine", UserStrategySources.Source("Other", "other-strategy", ""));
        var second = (await folder.LookAsync()).ShouldHaveSingleItem();
        second.Definitions.ShouldHaveSingleItem().Name.ShouldBe("other-strategy");
        second.Version.ShouldNotBe(first[0].Version);
    }

    [Fact]
    public async Task Files_ThatCannotBeUsed_EachSayWhy()
    {
        using var folder = new UserStrategyFolder(deadlineSeconds: 1);
        using var old = new TempFolder();
        var oldCore = await UserAssembly.CompileAsync(old.Path, "QuantDash.Core", """
            [assembly: System.Reflection.AssemblyVersion("1.0.0.0")]
            namespace QuantDash.Core.Strategies { public sealed class StrategyDefinition { public string? Title { get; set; } } }
            """, core: "");
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "Text.dll"), "not a program");
        File.Copy(typeof(StrategyDefinition).Assembly.Location, Path.Combine(folder.Path, "QuantDash.Core.dll"));
        await folder.AddAsync("A-First", UserStrategySources.Good);
        await folder.AddAsync("B-Same", UserStrategySources.Good);
        await folder.AddAsync("BuiltIn", UserStrategySources.Source("Cross", "sma-cross", ""));
        await folder.AddAsync("Empty", "public class Nothing { }");
        await folder.AddAsync("Static", UserStrategySources.ThrowsInItsConstructor);
        await folder.AddAsync("StaticLoop", UserStrategySources.Loops);
        await folder.AddAsync("Old", "public static class Old { public static QuantDash.Core.Strategies.StrategyDefinition Definition { get; } = new() { Title = \"old\" }; }", oldCore);
        await folder.AddAsync("Name", UserStrategySources.Source("Named", "My Strategy", ""));
        await folder.AddAsync("Default", UserStrategySources.Source("Wide", "wide", "", "[new IntegerParameter(\"bars\", 1, 5, 6, \"Bars.\")]"));
        await folder.AddAsync("Hasty", UserStrategySources.Hasty);

        var files = (await folder.LookAsync()).ToDictionary(file => file.File, file => file.Problem);

        files.Values.Select(problem => problem?.Code).Where(code => code is not null).ShouldBeUnique();
        string? CodeOf(string file) => files[file + ".dll"]?.Code;
        CodeOf("A-First").ShouldBeNull();
        CodeOf("B-Same").ShouldBe("strategy_name_taken");
        CodeOf("BuiltIn").ShouldBe("strategy_name_built_in");
        CodeOf("Empty").ShouldBe("strategy_no_definition");
        CodeOf("Static").ShouldBe("strategy_threw");
        CodeOf("StaticLoop").ShouldBe("strategy_look_too_slow");
        CodeOf("Old").ShouldBe("strategy_other_core");
        CodeOf("Name").ShouldBe("strategy_name_wrong");
        CodeOf("Default").ShouldBe("strategy_default_refused");
        CodeOf("Hasty").ShouldBe("strategy_parameter_null");
        CodeOf("Text").ShouldBe("strategy_not_dotnet");
        CodeOf("QuantDash.Core").ShouldBe("strategy_is_core");
        Sentence(files["Static.dll"]!).ShouldBe("Static threw while it was looked into: InvalidOperationException: static boom");
        Sentence(files["Old.dll"]!).ShouldContain("Title");
    }

    /// <summary>The trading thread validates what is asked for and must not wait for a process: it refuses for the moment, and somebody else asks.</summary>
    [Fact]
    public async Task Values_OnTheTradingThread_AreNeverWaitedFor()
    {
        using var folder = new UserStrategyFolder();
        await folder.AddAsync("Mine", UserStrategySources.Good);
        var definition = await folder.DefinitionAsync("my-strategy");
        Outcome<ParameterValues> OnTradingThread()
        {
            Outcome<ParameterValues>? bound = null;
            var thread = new Thread(() => bound = definition.Bind([])) { Name = ThreadNames.Trading };
            thread.Start();
            thread.Join();
            return bound!;
        }

        OnTradingThread().Problems.ShouldHaveSingleItem().Code.ShouldBe("strategy_values_asked");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!OnTradingThread().Succeeded) await Task.Delay(50, patience.Token);
    }

    [Fact]
    public async Task Known_IsWhatTheLastLookFound()
    {
        using var folder = new UserStrategyFolder();
        await folder.AddAsync("Mine", UserStrategySources.Good);
        folder.Strategies.Known.ShouldBeEmpty();
        await folder.LookAsync();
        folder.Strategies.Known.ShouldHaveSingleItem().Name.ShouldBe("my-strategy");
    }

    private static string Sentence(Problem problem) => ProblemSentences.Write(problem, CultureInfo.GetCultureInfo("en"));
}
