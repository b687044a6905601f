using System.Reflection;
using System.Runtime.CompilerServices;

namespace QuantDash.Tests.Architecture;

public sealed class CoreTests
{
    /// <summary>Decisions must run anywhere: in a replay, a backtest, a benchmark.</summary>
    [Fact]
    public void References_AreTheBaseClassLibraryOnly()
    {
        var library = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        Ours.MustBeNone(
            Ours.Core.GetReferencedAssemblies().Select(a => a.Name!).Where(n => !File.Exists(Path.Combine(library, n + ".dll"))),
            "Core references nothing but the base class library, and not:");
    }

    /// <summary>What was decided on must not change under the decision; `init` is fine.</summary>
    [Fact]
    public void PublicTypes_HaveNoPublicSetters()
    {
        var violations =
            from type in Ours.Types(Ours.Core)
            where type.IsVisible
            from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            where property.SetMethod is { IsPublic: true } setter
                && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit))
            select $"{Ours.Name(type)}.{property.Name}";

        Ours.MustBeNone(violations, "Core's public properties are read-only or init, unlike:");
    }
}
