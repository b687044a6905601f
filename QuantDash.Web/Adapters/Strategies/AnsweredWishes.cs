using QuantDash.Core.Hosting;
using QuantDash.Core.Strategies;
using QuantDash.Core.Strategies.Sandbox;

namespace QuantDash.Web.Adapters.Strategies;

/// <summary>Hands what a strategy asks for to the engine, which does it in a step of its own.</summary>
internal sealed class AnsweredWishes(IStrategyAnswers answers) : IStrategyWishes
{
    public void Place(int id, in OrderIntent intent) =>
        answers.Act(new StrategyAction.Place(id, intent.Instrument.Symbol, intent.Side, intent.Offset, intent.Volume, intent.Type, intent.PriceTicks));

    public void Cancel(int id) => answers.Act(id > 0 ? new StrategyAction.Cancel(id) : new StrategyAction.Cancel(0, -id));

    public void MoveTo(IStrategyInstrument instrument, decimal net) => answers.Act(new StrategyAction.MoveTo(instrument.Symbol, net));

    public void SetTimer(string name, DateTimeOffset due) => answers.Act(new StrategyAction.SetTimer(name, due));

    public void Log(string message) => answers.Act(new StrategyAction.Log(message));

    public void Note(string name, string? value) => answers.Act(new StrategyAction.Note(name, value));
}
