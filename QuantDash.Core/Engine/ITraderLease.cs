namespace QuantDash.Core.Engine;

/// <summary>The right to be the one trader on a database. Whoever has it may write what the engine decides and hand out its orders (docs/adr/0019).</summary>
public interface ITraderLease
{
    /// <summary>Who has it, as far as was seen when <see cref="TryTake"/> last said no; null: nobody is known.</summary>
    TraderHolder? Holder { get; }

    /// <summary>Ends, with the reason, when another process has become the trader in our place: nothing is written or sent any more, and there is no way back.</summary>
    Task<string> FencedOff { get; }

    /// <summary>Takes it, unless another process has it: false. True again once it is ours. Throws what the database throws.</summary>
    bool TryTake();

    /// <summary>Asks the database whether it is ours still. False, also when nobody answers soon: an order must not leave now.</summary>
    Task<bool> ConfirmAsync(CancellationToken stop);
}

/// <summary>The process that is the trader.</summary>
/// <param name="Name">Its machine and process number.</param>
/// <param name="Fence">Grows with each taking.</param>
/// <param name="Since">When it became the trader.</param>
public sealed record TraderHolder(string Name, long Fence, DateTimeOffset Since);
