using QuantDash.Core.Primitives;

namespace QuantDash.Core.Strategies.Sandbox;

/// <summary>What is asked of a process without running a strategy.</summary>
public static class StrategyQuestions
{
    /// <summary>Asks which strategies there are.</summary>
    public static ReadOnlyMemory<byte> Describe()
    {
        var request = new MessageWriter();
        request.Byte((byte)RequestKind.Describe);
        return request.Written;
    }

    /// <summary>Them, or why there are none.</summary>
    public static Outcome<IReadOnlyList<StrategyDescription>> ReadDescriptions(ReadOnlyMemory<byte> answer)
    {
        var message = new MessageReader(answer);
        return message.Choice<AnswerKind>() switch
        {
            AnswerKind.Descriptions => Outcome<IReadOnlyList<StrategyDescription>>.Success([.. Enumerable.Range(0, message.Count()).Select(_ => StrategyDescription.Read(message))]),
            AnswerKind.Problem => Outcome<IReadOnlyList<StrategyDescription>>.Failure([new(message.Text(), message.Text(), [.. Enumerable.Range(0, message.Count()).Select(_ => message.Text())])]),
            AnswerKind.Failure => throw new StrategyGuestException(message.Text(), message.Text(), message.Text()),
            var other => throw new FormatException($"{other} does not say what there is."),
        };
    }

    /// <summary>Asks what follows from values that are each allowed.</summary>
    public static ReadOnlyMemory<byte> Terms(string name, IReadOnlyDictionary<string, string> values)
    {
        var request = new MessageWriter();
        request.Byte((byte)RequestKind.Terms);
        request.Text(name);
        request.Pairs(values);
        return request.Written;
    }

    public static StrategyTerms ReadTerms(ReadOnlyMemory<byte> answer)
    {
        var message = new MessageReader(answer);
        return message.Choice<AnswerKind>() switch
        {
            AnswerKind.Terms => StrategyTerms.Read(message),
            AnswerKind.Failure => throw new StrategyGuestException(message.Text(), message.Text(), message.Text()),
            var other => throw new FormatException($"{other} does not say what follows."),
        };
    }
}
