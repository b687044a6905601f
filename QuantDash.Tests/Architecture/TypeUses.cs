using System.Reflection;
using System.Reflection.Emit;

namespace QuantDash.Tests.Architecture;

/// <summary>What compiled code mentions, method bodies included: a `using` line says less and more than that.</summary>
internal static class TypeUses
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!)
        .ToDictionary(o => o.Value);

    /// <summary>Types that <paramref name="type"/> mentions: bases, members, attributes, bodies; generic arguments unpacked.</summary>
    public static HashSet<Type> Types(Type type)
    {
        var uses = new HashSet<Type>();
        Add(uses, type.BaseType);
        AddAll(uses, type.GetInterfaces());
        AddAll(uses, type.GetCustomAttributesData().Select(a => a.AttributeType));
        AddAll(uses, type.GetFields(Declared).Select(f => f.FieldType));
        AddAll(uses, type.GetProperties(Declared).SelectMany(p => p.GetCustomAttributesData()).Select(a => a.AttributeType));
        foreach (var method in Methods(type))
        {
            AddAll(uses, method.GetParameters().Select(p => p.ParameterType));
            Add(uses, (method as MethodInfo)?.ReturnType);
            AddAll(uses, method.GetMethodBody()?.LocalVariables.Select(v => v.LocalType) ?? []);
        }

        foreach (var member in Members(type))
        {
            Add(uses, member as Type ?? member.DeclaringType);
        }

        return uses;
    }

    /// <summary>Members that the bodies of <paramref name="type"/> touch, such as DateTime.get_UtcNow.</summary>
    public static IEnumerable<MemberInfo> Members(Type type) => Methods(type).SelectMany(Members);

    private static IEnumerable<MethodBase> Methods(Type type)
        => [.. type.GetMethods(Declared), .. type.GetConstructors(Declared)];

    private static IEnumerable<MemberInfo> Members(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var at = 0; at < code.Length;)
        {
            var wide = code[at] == 0xFE;
            var operation = OpCodes[wide ? (short)((0xFE << 8) | code[at + 1]) : code[at]];
            at += wide ? 2 : 1;
            if (operation.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType
                && Resolve(method, BitConverter.ToInt32(code, at)) is { } member)
            {
                yield return member;
            }

            at += OperandSize(operation.OperandType, code, at);
        }
    }

    private static MemberInfo? Resolve(MethodBase method, int token)
    {
        try
        {
            return method.Module.ResolveMember(
                token,
                method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null,
                method.IsGenericMethod ? method.GetGenericArguments() : null);
        }
        catch (FileNotFoundException)
        {
            return null; // a design-time assembly that does not run with us
        }
    }

    private static int OperandSize(OperandType operand, byte[] code, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };

    private static void AddAll(HashSet<Type> uses, IEnumerable<Type> types)
    {
        foreach (var type in types)
        {
            Add(uses, type);
        }
    }

    private static void Add(HashSet<Type> uses, Type? type)
    {
        if (type is null || type.IsGenericParameter)
        {
            return;
        }

        if (type.HasElementType)
        {
            Add(uses, type.GetElementType());
        }
        else if (uses.Add(type.IsGenericType ? type.GetGenericTypeDefinition() : type) || type.IsGenericType)
        {
            AddAll(uses, type.IsGenericType ? type.GetGenericArguments() : []);
        }
    }
}
