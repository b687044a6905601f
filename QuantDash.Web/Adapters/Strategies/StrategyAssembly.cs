using System.Reflection;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;

namespace QuantDash.Web.Adapters.Strategies;

/// <summary>Finds the strategies of an assembly: public static members of type <see cref="StrategyDefinition"/>. Runs code of the assembly, hence only in a process of its own.</summary>
internal static partial class StrategyAssembly
{
    private const int MemberReferences = 0x0A000000;
    private const int TypeReferences = 0x01000000;
    private const int MostReferences = 0x00FFFFFF;
    private static readonly AssemblyName Core = typeof(StrategyDefinition).Assembly.GetName();

    public static Outcome<IReadOnlyList<StrategyDefinition>> Load(byte[] file)
    {
        if (!IsAssembly(file)) return Wrong("strategy_not_dotnet");
        try
        {
            using var bytes = new MemoryStream(file);
            var assembly = new AssemblyLoadContext("strategy").LoadFromStream(bytes);
            if (assembly.GetName().Name == Core.Name) return Wrong("strategy_is_core");
            return Mismatch(assembly) is { } problem ? Outcome<IReadOnlyList<StrategyDefinition>>.Failure([problem]) : Find(assembly);
        }
        catch (Exception error) when (error is BadImageFormatException or FileLoadException)
        {
            return Wrong("strategy_not_dotnet");
        }
        catch (Exception error) when (error is TypeLoadException or MissingMemberException or FileNotFoundException or ReflectionTypeLoadException)
        {
            return Wrong("strategy_other_core", error.Message);
        }
        catch (Exception error)
        {
            return Wrong("strategy_threw", "The assembly", Innermost(error)); // A definition made in a way nobody thought of must have a reason too.
        }
    }

    private static bool IsAssembly(byte[] file)
    {
        try
        {
            using var image = new PEReader(new MemoryStream(file));
            return image.HasMetadata;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }

    /// <summary>What it refers to and is not here.</summary>
    private static Problem? Mismatch(Assembly assembly)
    {
        var library = RuntimeEnvironment.GetRuntimeDirectory();
        var references = assembly.GetReferencedAssemblies();
        if (references.FirstOrDefault(name => name.Name != Core.Name && !File.Exists(Path.Combine(library, name.Name + ".dll"))) is { } stranger) return new("file", "strategy_needs_assembly", stranger.Name);
        if (references.FirstOrDefault(name => name.Name == Core.Name) is { } core && core.Version != Core.Version) return new("file", "strategy_other_core", $"{core.Version}, {Core.Version}");
        return Missing(assembly.ManifestModule) is { } missing ? new("file", "strategy_other_core", missing) : null;
    }

    /// <summary>The first type or member that it was built against and that does not exist.</summary>
    private static string? Missing(Module module) =>
        Missing(TypeReferences, token => module.ResolveType(token)) ?? Missing(MemberReferences, token => module.ResolveMember(token));

    private static string? Missing(int table, Action<int> resolve)
    {
        for (var row = 1; row <= MostReferences; row++)
        {
            try
            {
                resolve(table + row);
            }
            catch (Exception error) when (error is TypeLoadException or MissingMemberException)
            {
                return error.Message;
            }
            catch (ArgumentOutOfRangeException)
            {
                return null; // The end of the table.
            }
            catch (Exception error) when (error is BadImageFormatException or ArgumentException)
            {
                // A member of an open generic type, which cannot be resolved by itself.
            }
        }

        return null;
    }

    private static Outcome<IReadOnlyList<StrategyDefinition>> Find(Assembly assembly)
    {
        var found = new List<StrategyDefinition>();
        foreach (var type in assembly.GetExportedTypes())
        {
            try
            {
                found.AddRange(DefinitionsOf(type));
            }
            catch (TargetInvocationException error)
            {
                return Wrong("strategy_threw", type.FullName!, Innermost(error));
            }
        }

        if (found.Count == 0) return Wrong("strategy_no_definition");
        foreach (var definition in found)
            if (Fault(definition, found) is { } problem) return Outcome<IReadOnlyList<StrategyDefinition>>.Failure([problem]);
        return Outcome<IReadOnlyList<StrategyDefinition>>.Success(found);
    }

    private static IEnumerable<StrategyDefinition> DefinitionsOf(Type type)
    {
        if (type.ContainsGenericParameters) return [];
        const BindingFlags Public = BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly;
        return type.GetProperties(Public).Where(property => property.PropertyType == typeof(StrategyDefinition) && property.GetIndexParameters().Length == 0)
            .Select(property => (StrategyDefinition?)property.GetValue(null)).OfType<StrategyDefinition>().ToList();
    }

    private static Problem? Fault(StrategyDefinition definition, IReadOnlyList<StrategyDefinition> all)
    {
        if (definition.Name is null || !Name().IsMatch(definition.Name)) return new("file", "strategy_name_wrong", definition.Name);
        if (all.Count(other => other.Name == definition.Name) > 1) return new("file", "strategy_name_twice", definition.Name);
        if (definition.Parameters.Any(parameter => parameter is null)) return new("file", "strategy_parameter_null", definition.Name);
        if (definition.Parameters.GroupBy(parameter => parameter.Name).FirstOrDefault(group => group.Skip(1).Any()) is { } twice) return new("file", "strategy_parameter_twice", definition.Name, twice.Key);
        return BadDefault(definition);
    }

    /// <summary>A default that its own range refuses would be refused whenever somebody writes it down.</summary>
    private static Problem? BadDefault(StrategyDefinition definition)
    {
        try
        {
            var bound = definition.Bind(definition.Parameters.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.DefaultText)));
            if (!bound.Succeeded) return new("file", "strategy_default_refused", definition.Name, bound.Problems[0].Field);
            _ = definition.WarmUpBars(bound.Value) + definition.Timeframes(bound.Value).Count;
            return null;
        }
        catch (Exception error)
        {
            return new("file", "strategy_threw", definition.Name, Innermost(error));
        }
    }

    private static string Innermost(Exception error)
    {
        var inner = error.GetBaseException();
        return $"{inner.GetType().Name}: {inner.Message}";
    }

    private static Outcome<IReadOnlyList<StrategyDefinition>> Wrong(string code, params IReadOnlyList<object?> values) =>
        Outcome<IReadOnlyList<StrategyDefinition>>.Failure([new("file", code, values)]);

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Name();
}
