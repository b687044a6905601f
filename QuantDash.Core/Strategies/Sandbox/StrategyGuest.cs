using System.Globalization;
using System.Runtime.ExceptionServices;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Strategies.Sandbox;

/// <summary>The side of the process a strategy runs in: answers requests of <see cref="StrategyRemote"/> one by one, by running the real strategy against what the host told.</summary>
/// <param name="definitions">What can be run here.</param>
/// <param name="problem">Why nothing can; null: all is well.</param>
public sealed class StrategyGuest(IReadOnlyList<StrategyDefinition> definitions, Problem? problem = null)
{
    private readonly List<BarShape> _shapes = [];
    private readonly MessageWriter _answer = new();
    private GuestContext? _context;
    private IStrategy? _strategy;
    private Exception? _thrown;

    /// <summary>Whatever is thrown is an answer too.</summary>
    public ReadOnlyMemory<byte> Answer(ReadOnlyMemory<byte> request)
    {
        var message = new MessageReader(request);
        try
        {
            return message.Choice<RequestKind>() switch
            {
                RequestKind.Describe => problem is null ? Describe() : Refuse(problem),
                RequestKind.Terms => Terms(message),
                RequestKind.Start => Start(message),
                var happening => Tell(happening, message),
            };
        }
        catch (Exception error)
        {
            return Failure(error);
        }
    }

    private ReadOnlyMemory<byte> Describe()
    {
        _answer.Clear();
        _answer.Byte((byte)AnswerKind.Descriptions);
        _answer.Whole(definitions.Count);
        foreach (var definition in definitions) StrategyDescription.Of(definition).Write(_answer);
        return _answer.Written;
    }

    private ReadOnlyMemory<byte> Refuse(Problem why)
    {
        _answer.Clear();
        _answer.Byte((byte)AnswerKind.Problem);
        _answer.Text(why.Field);
        _answer.Text(why.Code);
        _answer.Whole(why.Values.Count);
        foreach (var value in why.Values) _answer.Text(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
        return _answer.Written;
    }

    private ReadOnlyMemory<byte> Terms(MessageReader message)
    {
        var definition = Find(message.Text());
        var bound = definition.Bind(message.Pairs());
        _answer.Clear();
        _answer.Byte((byte)AnswerKind.Terms);
        (bound.Succeeded ? StrategyTerms.Of(definition, bound.Value) : StrategyTerms.Refused(bound.Problems[0])).Write(_answer);
        return _answer.Written;
    }

    private ReadOnlyMemory<byte> Start(MessageReader message)
    {
        var definition = Find(message.Text());
        var bound = definition.Bind(message.Pairs());
        if (!bound.Succeeded) throw new InvalidOperationException($"{bound.Problems[0].Field}: {bound.Problems[0].Code}");
        _context = new(message);
        _context.Take(message);
        _strategy = definition.Create(bound.Value);
        _strategy.OnStart(_context);
        return _context.EndEvent((int)HeardEventsOfStrategy.HeardBy(_strategy));
    }

    private ReadOnlyMemory<byte> Tell(RequestKind kind, MessageReader message)
    {
        var (context, strategy) = (_context ?? throw Unready(), _strategy ?? throw Unready());
        if (_thrown is not null) ExceptionDispatchInfo.Throw(_thrown);
        context.BeginActions();
        context.Take(message);
        return context.EndEvent(Tell(kind, message, context, strategy));
    }

    private int Tell(RequestKind kind, MessageReader message, GuestContext context, IStrategy strategy)
    {
        switch (kind)
        {
            case RequestKind.Tick:
                strategy.OnTick(context, context.Instrument(message.Whole()), new(message.Long(), message.Long(), message.Long(), message.Long(), message.Number(), message.Number(), message.Number()));
                return 0;
            case RequestKind.Bar:
                strategy.OnBar(context, context.Instrument(message.Whole()), Bar(message, Shape(message)));
                return 1;
            case RequestKind.Bars:
                return Bars(message, context, strategy);
            case RequestKind.Order:
                strategy.OnOrder(context, context.Order(message.Whole()));
                return 0;
            case RequestKind.Fill:
                strategy.OnFill(context, new(context.Order(message.Whole()), message.Long(), message.Exact(), message.Exact(), message.Long()));
                return 0;
            case RequestKind.Timer:
                strategy.OnTimer(context, message.Text());
                return 0;
            default:
                strategy.OnStop(context);
                return 0;
        }
    }

    /// <summary>Until it acts: what follows depends on that.</summary>
    private int Bars(MessageReader message, GuestContext context, IStrategy strategy)
    {
        var instrument = context.Instrument(message.Whole());
        var shape = Shape(message);
        var (count, told) = (message.Count(), 0);
        while (told < count && context.Actions == 0)
        {
            var bar = Bar(message, shape);
            context.TakeBar(message, instrument, bar);
            try
            {
                strategy.OnBar(context, instrument, bar);
            }
            catch (Exception error) when (told > 0)
            {
                // Its host has not come to this bar yet: it hears of it when it has.
                _thrown = error;
                context.BeginActions();
                break;
            }

            told++;
        }

        return told;
    }

    private BarShape Shape(MessageReader message)
    {
        var (number, isNew) = (message.Whole(), message.Flag());
        if (isNew) _shapes.Add(new(new PriceScale(message.Exact()), Timeframe.TryParse(message.Text(), out var timeframe) ? timeframe : throw new FormatException("A timeframe cannot be read.")));
        return _shapes[number];
    }

    private static StrategyBar Bar(MessageReader message, BarShape shape) =>
        new(shape, message.Long(), message.Long(), message.Long(), message.Long(), message.Long(), message.Number());

    private ReadOnlyMemory<byte> Failure(Exception error)
    {
        var stack = error.ToString();
        _answer.Clear();
        _answer.Byte((byte)AnswerKind.Failure);
        _answer.Text(error.GetType().FullName ?? error.GetType().Name);
        _answer.Text(error.Message.Length > SandboxLimits.LongestLine ? error.Message[..SandboxLimits.LongestLine] : error.Message);
        _answer.Text(stack.Length > SandboxLimits.LongestStack ? stack[..SandboxLimits.LongestStack] : stack);
        return _answer.Written;
    }

    private StrategyDefinition Find(string name) => problem is not null
        ? throw new InvalidOperationException($"The file cannot be used, or is not what it was when it was looked into: {problem.Code}.")
        : definitions.FirstOrDefault(definition => definition.Name == name) ?? throw new InvalidOperationException($"There is no strategy {name} in it.");

    private static InvalidOperationException Unready() => new("It was never started.");
}
