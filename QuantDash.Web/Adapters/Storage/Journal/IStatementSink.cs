namespace QuantDash.Web.Adapters.Storage.Journal;

/// <summary>Runs statements of one transaction in the order given.</summary>
internal interface IStatementSink
{
    void Execute(RowStatement statement, object row);
}
