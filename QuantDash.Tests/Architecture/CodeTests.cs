using System.Reflection;
using System.Runtime.CompilerServices;

namespace QuantDash.Tests.Architecture;

public sealed class CodeTests
{
    private static readonly string[] Clocks =
    [
        "DateTime.get_Now", "DateTime.get_UtcNow", "DateTime.get_Today", "DateTimeOffset.get_Now", "DateTimeOffset.get_UtcNow",
    ];

    private static readonly string[] EmptyNames = ["Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Manager", "Managers"];

    /// <summary>The analyser bans them too (BannedSymbols.txt); it can be suppressed in one line, this cannot.</summary>
    [Fact]
    public void Clocks_AreArguments_InCoreAndWeb()
        => Ours.MustBeNone(Touching([Ours.Core, Ours.Web], Clocks), "Time is an argument or comes from TimeProvider, not from:");

    /// <summary>One place hands the clock out, so that a test can hand out another.</summary>
    [Fact]
    public void SystemClock_IsHandedOutByProgramAlone()
        => Ours.MustBeNone(
            Touching([Ours.Core, Ours.Web], ["TimeProvider.get_System"])
                .Where(v => !v.StartsWith("Program ", StringComparison.Ordinal) && !v.StartsWith("Web.Cli.", StringComparison.Ordinal)),
            "TimeProvider.System is taken only by Program and the command line, not by:");

    /// <summary>An exception in one ends the process.</summary>
    [Fact]
    public void AsyncMethods_ReturnTasks()
        => Ours.MustBeNone(
            from type in Both()
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            where method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute), inherit: false)
            select $"{Ours.Name(type)}.{method.Name}",
            "async void:");

    [Fact]
    public void Names_SayWhatThingsAre()
        => Ours.MustBeNone(
            from type in Both()
            where !Ours.IsGenerated(type)
            from word in EmptyNames
            let name = type.Name.Split('`')[0]
            let folders = Ours.Outermost(type).Namespace?.Split('.') ?? []
            where name.EndsWith(word, StringComparison.Ordinal) || folders.Contains(word)
            select $"{Ours.Name(type)} ({word})",
            "Names that say nothing:");

    private static IEnumerable<Type> Both() => Ours.Types(Ours.Core).Concat(Ours.Types(Ours.Web));

    private static IEnumerable<string> Touching(Assembly[] assemblies, string[] members)
        => from assembly in assemblies
           from type in Ours.Types(assembly)
           from member in TypeUses.Members(type)
           let name = $"{member.DeclaringType?.Name}.{member.Name}"
           where members.Contains(name)
           select $"{Ours.Name(Ours.Outermost(type))} uses {name}";
}
