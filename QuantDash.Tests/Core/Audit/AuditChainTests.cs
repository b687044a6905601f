using QuantDash.Core.Audit;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Audit;

public sealed class AuditChainTests
{
    private static readonly DateTimeOffset At = new(2025, 3, 3, 2, 0, 0, TimeSpan.Zero);

    private static readonly AuditNote Full = new()
    {
        At = At.AddMicroseconds(7), Actor = new(ActorKind.User, "王"), Action = "rule.changed", AccountId = new(new("11111111-2222-3333-4444-555555555555")),
        Symbol = Symbol.ParseCanonical("CZCE.TA2505"), Subject = "s", CorrelationId = new("99999999-2222-3333-4444-555555555555"), Before = "{\"a\":1}", After = "{\"a\":2}", Reason = "[]",
    };

    /// <summary>Chains outlive versions: what is written today must verify for ever.</summary>
    [Fact]
    public void HashOf_KnownNotes_IsWhatItAlwaysWas()
    {
        AuditChain.HashOf(AuditHead.None.Hash, 1, Full).ShouldBe(Sha256("64:" + new string('0', 64) + "1:1" + "16:1740967200000007" + "4:User" + "3:王" + "12:rule.changed"
            + "36:11111111-2222-3333-4444-555555555555" + "11:CZCE.TA2505" + "1:s" + "36:99999999-2222-3333-4444-555555555555" + "7:{\"a\":1}" + "7:{\"a\":2}" + "2:[]"));
        AuditChain.HashOf(AuditHead.None.Hash, 2, new() { At = At, Actor = Actor.Engine, Action = "x" })
            .ShouldBe(Sha256("64:" + new string('0', 64) + "1:2" + "16:1740967200000000" + "6:Engine" + "0:" + "1:x" + "-------"));
    }

    [Fact]
    public void HashOf_AnyFieldChanged_IsAnother()
    {
        AuditNote[] others =
        [
            Full with { At = Full.At.AddMicroseconds(1) }, Full with { Actor = new(ActorKind.Key, "王") }, Full with { Actor = new(ActorKind.User, "李") }, Full with { Action = "rule.change" },
            Full with { AccountId = null }, Full with { Symbol = null }, Full with { Subject = "" }, Full with { Subject = null }, Full with { CorrelationId = null },
            Full with { Before = "{\"a\":2}" }, Full with { After = "{\"a\":1}" }, Full with { Reason = null },
        ];
        others.Select(note => AuditChain.HashOf(AuditHead.None.Hash, 1, note)).Append(AuditChain.HashOf(AuditHead.None.Hash, 1, Full))
            .Append(AuditChain.HashOf(AuditHead.None.Hash, 2, Full)).Append(AuditChain.HashOf(new('1', 64), 1, Full)).ShouldBeUnique();
    }

    [Fact]
    public void Check_ChainAsWritten_IsWhole()
    {
        var chain = Chain(20);
        Verdict(chain, Heads(chain)).ShouldBe(new(20, AuditChain.HeadAt(chain[^1]), null, null));
        Verdict(chain, Heads(chain)[12..]).IsWhole.ShouldBeTrue("a witness that was begun later knows nothing of what was before");
        Verdict([], []).IsWhole.ShouldBeTrue();
    }

    [Fact]
    public void Check_AlteredRemovedOrRewritten_NamesThePlace()
    {
        var chain = Chain(20);
        var heads = Heads(chain);
        Fault(Changed(chain, 7, e => e with { Action = "other" }), heads).ShouldBe((AuditFault.Altered, 7));
        Fault(Changed(chain, 7, e => e with { Hash = new('a', 64) }), heads).ShouldBe((AuditFault.Altered, 7));
        Fault([.. chain[..6], .. chain[7..]], heads).ShouldBe((AuditFault.Missing, 7));
        Fault(chain[1..], heads).ShouldBe((AuditFault.Missing, 1));
        Fault(chain[..19], heads).ShouldBe((AuditFault.Missing, 20));
        Fault([], heads).ShouldBe((AuditFault.Missing, 1));
        Fault(Remade(chain, 12), heads).ShouldBe((AuditFault.Rewritten, 12));
        Fault(Remade(chain, 20), heads).ShouldBe((AuditFault.Rewritten, 20));
        Fault(chain, []).ShouldBe((AuditFault.NoWitness, 1));
    }

    private static AuditVerdict Verdict(IReadOnlyList<AuditEntry> chain, IReadOnlyList<AuditHead> witness)
    {
        using var check = new AuditCheck(witness);
        foreach (var entry in chain) check.Take(entry);
        return check.Finish();
    }

    private static (AuditFault, long) Fault(IReadOnlyList<AuditEntry> chain, IReadOnlyList<AuditHead> witness) =>
        Verdict(chain, witness) is { Fault: { } fault, At: { } at } ? (fault, at) : throw new InvalidOperationException("Nothing was found.");

    private static AuditEntry[] Chain(int length) => Continue([], length);

    private static AuditEntry[] Continue(AuditEntry[] before, int length)
    {
        List<AuditEntry> chain = [.. before];
        while (chain.Count < length)
            chain.Add(AuditChain.Append(chain.Count == 0 ? AuditHead.None : AuditChain.HeadAt(chain[^1]), Full with { Subject = $"{before.Length} {chain.Count}" }));
        return [.. chain];
    }

    /// <summary>As somebody would who can write into the table and knows how the chain is made.</summary>
    private static AuditEntry[] Remade(AuditEntry[] chain, int from) => Continue(chain[..(from - 1)], chain.Length);

    private static AuditEntry[] Changed(AuditEntry[] chain, int number, Func<AuditEntry, AuditEntry> change) => [.. chain.Select(e => e.Number == number ? change(e) : e)];

    private static AuditHead[] Heads(AuditEntry[] chain) => [.. chain.Select(AuditChain.HeadAt)];

    private static string Sha256(string text) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
}
